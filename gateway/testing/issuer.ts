import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export const ISSUER = 'https://issuer.example/';
export const AUDIENCE = 'the-graph';

/** An issuer of tokens with its keys behind HTTP. */
export async function servedIssuer(algorithm = 'RS256') {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: algorithm };
  const state = { status: 200, fetches: 0, named: '' };
  const server = createServer((request, response) => {
    if (request.url === '/.well-known/openid-configuration') {
      return response.end(JSON.stringify({ issuer: state.named, jwks_uri: jwks }));
    }
    state.fetches += 1;
    response.writeHead(state.status, { 'content-type': 'application/json' });
    return response.end(JSON.stringify({ keys: [jwk] }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const jwks = `${address}/jwks.json`;
  // What its discovery document says; a test may change it.
  state.named = address;

  /** A good token of Ada's, but for what `claims` says; signed by `key`, if that is given. */
  const token = (
    claims: JWTPayload = {},
    key: CryptoKey | Uint8Array = privateKey,
    alg = algorithm,
    typ?: string,
  ) =>
    new SignJWT({
      ...{ sub: 'ada', iss: ISSUER, aud: AUDIENCE, exp: Math.floor(Date.now() / 1000) + 60 },
      ...claims,
    })
      .setProtectedHeader({ alg, kid: 'one', ...(typ !== undefined && { typ }) })
      .sign(key);

  return {
    ...{ address, jwks, jwk, state, token },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
