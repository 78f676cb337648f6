// A real OpenID provider (npm `oidc-provider`) on a free port of loopback, for the tests of callers.
//
// It prints one line of JSON with its address and ends when its standard input does, so that no test leaves one behind.
// Environment: PORT (a free one unless said); CERT and KEY (PEM files: it speaks TLS then, as `localhost`, and asks for client
// certificates); CLIENT_CERT (a PEM file: the certificate of the client `mtls`, to which its tokens are bound).
// GET /__ctl answers with counters and takes `delay` (milliseconds), `fail` (a status), `close` (1: connections break),
// `gen` (new keys under new names), `keep` (1: the old keys stay published), `max_age` (Cache-Control of the keys), `hits`.
import { createServer as plain } from 'node:http';
import { createServer as secure } from 'node:https';
import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { errors } from 'oidc-provider';

const RESOURCE = 'https://api.shop.example';
const OPAQUE = 'https://opaque.shop.example';
const SCOPES = ['orders:read', 'orders:write'];
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];

const { CERT, KEY } = process.env;
const server = CERT
  ? secure({ cert: readFileSync(CERT), key: readFileSync(KEY), requestCert: true, rejectUnauthorized: false })
  : plain();
await new Promise((up) => server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', up));
const issuer = `${CERT ? 'https://localhost' : 'http://127.0.0.1'}:${server.address().port}`;

// What tests tell it, and what it counts: requests by path.
const control = { delay: 0, fail: 0, close: 0, gen: 1, keep: 0, max_age: -1 };
let hits = {};
// Making RSA keys takes long, so there is one, which each generation names anew.
const rsa = await material('RS256');
let provider = await generation(1, []);

server.on('request', async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, issuer);
  if (pathname === '/__ctl') return answer(response, await told(searchParams));
  hits[pathname] = (hits[pathname] ?? 0) + 1;
  if (pathname !== '/token') {
    if (control.delay) await new Promise((later) => setTimeout(later, control.delay));
    if (control.close) return request.socket.destroy();
    if (control.fail) return response.writeHead(control.fail).end();
  }
  if (pathname === '/jwks' && control.max_age >= 0) response.setHeader('cache-control', `max-age=${control.max_age}`);
  return provider.callback()(request, response);
});

process.stdin.on('end', () => process.exit()).resume();
console.log(JSON.stringify({ issuer }));

function answer(response, body) {
  const text = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length }).end(text);
}

async function told(parameters) {
  const before = control.gen;
  for (const name of Object.keys(control)) if (parameters.has(name)) control[name] = Number(parameters.get(name));
  if (parameters.has('hits')) hits = {};
  if (control.gen !== before) provider = await generation(control.gen, control.keep ? provider.keysOfTests : []);
  return { ...control, hits };
}

// A provider with keys of its own; the first key of an algorithm signs, so older ones come behind.
async function generation(number, older) {
  const own = await Promise.all(ALGORITHMS.map((algorithm) => key(algorithm, number)));
  const keys = [...own, ...older];
  const made = new Provider(issuer, configuration(keys));
  made.keysOfTests = keys;
  made.on('server_error', (_, error) => console.error(error));
  return made;
}

async function key(alg, number) {
  const own = ['RS256', 'PS256'].includes(alg) ? rsa : await material(alg);
  return { ...own, alg, kid: `${alg}-${number}`, use: 'sig' };
}

async function material(alg) {
  const options = { extractable: true, ...(alg === 'EdDSA' ? { crv: 'Ed25519' } : {}) };
  const { privateKey } = await generateKeyPair(alg, options);
  return exportJWK(privateKey);
}

function client(id, more = {}) {
  return {
    client_id: id, client_secret: `${id}-secret`, grant_types: ['client_credentials'], redirect_uris: [], response_types: [],
    token_endpoint_auth_method: 'client_secret_basic', scope: SCOPES.join(' '), ...more,
  };
}

function configuration(keys) {
  const clients = [
    ...ALGORITHMS.map((algorithm) => client(algorithm)),
    client('dpop', { dpop_bound_access_tokens: true }),
    client('rs', { grant_types: [], scope: undefined }),
  ];
  if (process.env.CLIENT_CERT) {
    const certificate = new X509Certificate(readFileSync(process.env.CLIENT_CERT));
    const jwk = certificate.publicKey.export({ format: 'jwk' });
    const keys = [{ ...jwk, use: 'sig', kid: 'client', x5c: [certificate.raw.toString('base64')] }];
    clients.push(client('mtls', {
      client_secret: undefined, token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys },
      tls_client_certificate_bound_access_tokens: true, id_token_signed_response_alg: 'ES256',
    }));
  }
  return {
    jwks: { keys },
    clients,
    clientAuthMethods: ['client_secret_basic', ...(process.env.CLIENT_CERT ? ['self_signed_tls_client_auth'] : [])],
    scopes: SCOPES,
    extraTokenClaims: (_, token) => ({ roles: ['support'], acr: 'urn:mfa', tenant: `of ${token.clientId}` }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true, allowedPolicy: () => true },
      dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => false },
      mTLS: {
        enabled: Boolean(process.env.CLIENT_CERT), certificateBoundAccessTokens: true, selfSignedTlsClientAuth: true,
        getCertificate: (ctx) => ctx.socket.getPeerX509Certificate?.()?.toString(),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource, { clientId }) => {
          if (![RESOURCE, OPAQUE].includes(resource)) throw new errors.InvalidTarget();
          const alg = ALGORITHMS.includes(clientId) ? clientId : 'ES256';
          return {
            scope: SCOPES.join(' '), audience: resource, accessTokenTTL: 300, jwt: { sign: { alg } },
            accessTokenFormat: resource === OPAQUE ? 'opaque' : 'jwt',
          };
        },
      },
    },
  };
}
