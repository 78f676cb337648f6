// A second opinion on tokens by npm `jose`, which is told as much of RFC 9068 as it can be told.
// In: one line with what a token has to obey, then one token a line, all as JSON. Out: one verdict a line.
import { createInterface } from 'node:readline';
import { createLocalJWKSet, importJWK, jwtVerify } from 'jose';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const demands = JSON.parse((await lines.next()).value);
const keys = await keysOf(demands.jwks);
const options = {
  issuer: demands.issuer,
  audience: demands.audience,
  typ: 'at+jwt',
  algorithms: demands.algorithms,
  requiredClaims: ['iss', 'aud', 'exp', 'sub', 'client_id', 'iat', 'jti'],
  currentDate: new Date(demands.now * 1000),
  clockTolerance: demands.skew,
  // Without an age, `iat` may lie in the future.
  maxTokenAge: Number.MAX_SAFE_INTEGER,
};

for await (const line of lines) {
  let verdict = 'accepted';
  try {
    await jwtVerify(JSON.parse(line), keys, options);
  } catch (error) {
    verdict = `${error.code ?? error.name}: ${error.message}`;
  }
  console.log(JSON.stringify(verdict));
}

// `createLocalJWKSet` knows no secrets: they are found by name, as it finds public keys.
async function keysOf(jwks) {
  if (jwks.keys.every((key) => key.kty !== 'oct')) return createLocalJWKSet(jwks);
  return async (header) => {
    const fitting = jwks.keys.filter((key) => key.alg === header.alg && (header.kid === undefined || key.kid === header.kid));
    if (fitting.length !== 1) throw new Error(`${fitting.length} keys fit`);
    return importJWK(fitting[0]);
  };
}
