import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

/** What the issuer says of a person, besides its name for them. */
export type Claims = Record<string, unknown>;

export interface OidcIssuer {
  issuer: string;
  /** What a person's tokens say from now on. */
  register(subject: string, claims: Claims): void;
  /** An access token of the person, who logs in as in a browser: by authorization code, with PKCE. */
  logIn(subject: string, audience?: string): Promise<string>;
  /** Also an ID token, which is no access token. */
  tokens(subject: string, audience?: string): Promise<{ access_token: string; id_token: string }>;
  close(): Promise<void>;
}

export const API = 'https://api.shop.example';
const CLIENT = 'shop';
const REDIRECT = 'https://shop.example/back';

/** A real OpenID Connect provider on this machine, with people of the test's own. */
export async function startOidcIssuer(): Promise<OidcIssuer> {
  const people = new Map<string, Claims>();
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT, token_endpoint_auth_method: 'none', redirect_uris: [REDIRECT] }],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' }] },
    findAccount: (_context, accountId) => ({ accountId, claims: async () => ({ sub: accountId }) }),
    extraTokenClaims: (_context, token) => people.get('accountId' in token ? token.accountId : ''),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: async ({ oidc }) => {
      const accountId = oidc.session?.accountId;
      const grant = new provider.Grant({ clientId: CLIENT, ...(accountId && { accountId }) });
      grant.addOIDCScope('openid');
      for (const audience of [API, OTHER_API]) grant.addResourceScope(audience, 'orders');
      await grant.save();
      return grant;
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, audience) => ({
          ...{ audience, scope: 'orders', accessTokenFormat: 'jwt', accessTokenTTL: 300 },
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  const answer = provider.callback();
  server.on('request', async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response);
    const { params } = await provider.interactionDetails(request, response);
    const login = { accountId: String(params.login_hint) };
    return provider.interactionFinished(request, response, { login });
  });
  const tokens = (subject: string, audience = API) => authorized(issuer, subject, audience);
  return {
    issuer,
    register: (subject, claims) => void people.set(subject, claims),
    logIn: async (subject, audience) => (await tokens(subject, audience)).access_token,
    tokens,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const OTHER_API = 'https://api.other.example';

async function authorized(issuer: string, subject: string, resource: string) {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const request = new URLSearchParams({
    ...{ client_id: CLIENT, redirect_uri: REDIRECT, response_type: 'code', resource },
    ...{ scope: 'openid orders', login_hint: subject, prompt: 'login' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256' },
  });
  const code = await followed(`${issuer}/auth?${request}`);
  const body = new URLSearchParams({
    ...{ grant_type: 'authorization_code', client_id: CLIENT, redirect_uri: REDIRECT },
    ...{ code, code_verifier: verifier, resource },
  });
  const response = await fetch(`${issuer}/token`, { method: 'POST', body });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as { access_token: string; id_token: string };
}

/** Goes from page to page as a browser does, until it is sent back to the client; the code it brings along. */
async function followed(start: string): Promise<string> {
  const cookies = new Map<string, string>();
  let address = start;
  while (!address.startsWith(REDIRECT)) {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(address, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';')[0]?.split('=') ?? [];
      cookies.set(name, value);
    }
    const next = response.headers.get('location');
    if (!next) throw new Error(`${address}: ${response.status} ${await response.text()}`);
    address = new URL(next, address).href;
  }
  const code = new URL(address).searchParams.get('code');
  if (!code) throw new Error(address);
  return code;
}
