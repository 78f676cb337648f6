// A second opinion by npm `oauth4webapi`, whose resource server obeys RFC 9068 and RFC 9449.
// In: one line with what a request has to obey, then one request a line, all as JSON: a token, or a token and its proof.
// Out: one verdict a line.
import { createInterface } from 'node:readline';
import * as oauth from 'oauth4webapi';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const demands = JSON.parse((await lines.next()).value);
const server = { issuer: demands.issuer, jwks_uri: `${demands.issuer}/jwks` };
const options = {
  signingAlgorithms: demands.algorithms,
  [oauth.clockTolerance]: demands.skew,
  [oauth.customFetch]: async () => new Response(JSON.stringify(demands.jwks), { headers: { 'content-type': 'application/json' } }),
};

for await (const line of lines) {
  const asked = JSON.parse(line);
  const { token, proof } = typeof asked === 'string' ? { token: asked } : asked;
  const headers = proof === undefined ? { authorization: `Bearer ${token}` } : { authorization: `DPoP ${token}`, dpop: proof };
  // It asks the system for the time; here it is told how far that is off.
  options[oauth.clockSkew] = demands.now - Math.floor(Date.now() / 1000);
  let verdict = 'accepted';
  try {
    const request = new Request(demands.url, { method: demands.method, headers });
    await oauth.validateJwtAccessToken(server, request, demands.audience, options);
  } catch (error) {
    verdict = `${error.code ?? error.name}: ${error.message}`;
  }
  console.log(JSON.stringify(verdict));
}
