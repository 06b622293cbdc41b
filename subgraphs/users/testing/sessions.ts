import { type Identity, ROLES, type Role } from '@waybill/kernel/identity.js';
import { decodeJwt } from 'jose';
import { PASSWORD, type TestUsers } from './users.js';

export interface LoggedIn {
  /** Who asks with this session's access token. */
  identity: Identity & { kind: 'user' };
  accessToken: string;
  refreshToken: string;
}

const TOKENS = 'accessToken expiresAt refreshToken refreshExpiresAt userErrors { code field }';

/** Logs somebody in whom `person` made. */
export async function logIn(
  { run }: TestUsers,
  name: string,
  device: string | null = null,
): Promise<LoggedIn> {
  const answer = await run(
    `mutation ($input: LogInInput!) { logIn(input: $input) { ${TOKENS} } }`,
    undefined,
    { input: { email: `${name}@example.com`, password: PASSWORD, device } },
  );
  const { accessToken, refreshToken } = answer.logIn;
  return { accessToken, refreshToken, identity: identityOf(accessToken) };
}

/** What `refreshSession` answers. */
export async function refresh({ run }: TestUsers, refreshToken: string) {
  const answer = await run(
    `mutation ($input: RefreshSessionInput!) {
      refreshSession(input: $input) { user { email roles } ${TOKENS} }
    }`,
    undefined,
    { input: { refreshToken } },
  );
  return answer.refreshSession;
}

/** Who asks with this access token, as the gateway reads it. */
export function identityOf(accessToken: string): Identity & { kind: 'user' } {
  const { sub = '', sid, roles } = decodeJwt(accessToken);
  const known = (roles as Role[]).filter((role) => ROLES.includes(role));
  return { kind: 'user', userId: sub, roles: known, sessionId: String(sid) };
}
