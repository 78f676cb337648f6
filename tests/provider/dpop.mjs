// The holder of a key for DPoP (RFC 9449), as npm `jose` makes proofs: it fetches bound tokens and proves them.
// In: one wish a line, as JSON. Out: one answer a line.
//   {"token": {"issuer": .., "resource": ..}}         a token of the provider's client `dpop`, bound to the key
//   {"proof": {"htm": .., "htu": .., "token": ..}}    a proof; `claims` and `header` change it, `stranger` is another key's
import { createInterface } from 'node:readline';
import { createHash, randomUUID } from 'node:crypto';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';

const own = await keyPair();
const stranger = await keyPair();

for await (const line of createInterface({ input: process.stdin })) {
  const wish = JSON.parse(line);
  console.log(JSON.stringify(wish.token ? await token(wish.token) : await proof(wish.proof)));
}

async function keyPair() {
  const alg = process.env.ALG ?? 'ES256';
  const { privateKey, publicKey } = await generateKeyPair(alg, alg === 'EdDSA' ? { crv: 'Ed25519' } : {});
  return { alg, privateKey, jwk: await exportJWK(publicKey) };
}

async function proof({ htm, htu, token, nonce, claims = {}, header = {}, stranger: other = false }) {
  const { alg, privateKey, jwk } = other ? stranger : own;
  const ath = token && createHash('sha256').update(token).digest('base64url');
  const iat = Math.floor(Date.now() / 1000);
  // What is `undefined` is left out.
  const said = JSON.parse(JSON.stringify({ htm, htu, jti: randomUUID(), iat, ath, nonce, ...claims }));
  return new SignJWT(said).setProtectedHeader({ typ: 'dpop+jwt', alg, jwk, ...header }).sign(privateKey);
}

async function token({ issuer, resource }) {
  const url = `${issuer}/token`;
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'orders:read', resource });
  const authorization = `Basic ${Buffer.from('dpop:dpop-secret').toString('base64')}`;
  const headers = { authorization, DPoP: await proof({ htm: 'POST', htu: url }) };
  const answer = await (await fetch(url, { method: 'POST', headers, body })).json();
  if (answer.token_type !== 'DPoP') throw new Error(JSON.stringify(answer));
  return answer.access_token;
}
