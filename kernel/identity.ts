import { createHmac, timingSafeEqual } from 'node:crypto';

export const ROLES = ['CUSTOMER', 'STAFF', 'MANAGER', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who asks. The gateway finds it out once; subgraphs trust only what the gateway or a worker signed. `realms` are the parts
 * of the business (here: storefronts, by bare ids) to which staff or a partner are confined; absent: to none.
 */
export type Identity =
  | { kind: 'anonymous' }
  | {
      kind: 'user';
      userId: string;
      roles: readonly Role[];
      sessionId?: string;
      realms?: readonly string[];
      /** When they last proved who they are (seconds since 1970), where somebody else keeps the account and says so. */
      authenticatedAt?: number;
    }
  /** An organization that came with one of its keys; `scopes` say what the key is good for. */
  | {
      kind: 'partner';
      partnerId: string;
      keyId: string;
      scopes: readonly string[];
      realms?: readonly string[];
    }
  | { kind: 'service'; name: string };

/** Whoever can own things: a person, or an organization. */
export type Account = Identity & { kind: 'user' | 'partner' };

export const ANONYMOUS: Identity = { kind: 'anonymous' };

/** The header in which an identity travels between our own processes. */
export const ASSERTION_HEADER = 'x-waybill-assertion';

/** The header in which a gateway says from where a request came; heeded only beside an assertion. */
export const ADDRESS_HEADER = 'x-waybill-client-address';

/** Seconds for which an assertion is valid: long enough for a request, too short to be worth stealing. */
export const ASSERTION_TTL_SECONDS = 60;

/** Staff of every rank and our own services may see what belongs to any customer. */
export function isStaff(identity: Identity): boolean {
  return identity.kind === 'service' || hasRole(identity, 'STAFF') || isManager(identity);
}

/** Managers are staff who also approve; administrators may do what they may. */
export function isManager(identity: Identity): boolean {
  return hasRole(identity, 'MANAGER') || hasRole(identity, 'ADMIN');
}

/**
 * The realms to which somebody is confined; undefined for who is confined to none: administrators, our own services, and
 * customers, who see what is theirs wherever it is.
 */
export function realmsOf(identity: Identity): readonly string[] | undefined {
  if (identity.kind === 'partner') return identity.realms;
  const isConfined = identity.kind === 'user' && isStaff(identity) && !hasRole(identity, 'ADMIN');
  return isConfined ? identity.realms : undefined;
}

/** Whether somebody may have to do with what belongs to a realm. What of it they may do, their role says. */
export function isWithin(identity: Identity, realm: string): boolean {
  return realmsOf(identity)?.includes(realm) ?? true;
}

/** The bare id under which somebody owns things; undefined for who owns nothing. */
export function accountOf(account: Account): string;
export function accountOf(identity: Identity): string | undefined;
export function accountOf(identity: Identity): string | undefined {
  if (identity.kind === 'user') return identity.userId;
  return identity.kind === 'partner' ? identity.partnerId : undefined;
}

/** How histories and logs name who did something: `user:<uuid>`, `partner:<uuid>`, `service:<name>`. */
export function actorOf(identity: Identity): string {
  if (identity.kind === 'service') return `service:${identity.name}`;
  const account = accountOf(identity);
  return account === undefined ? 'anonymous' : `${identity.kind}:${account}`;
}

export function hasRole(identity: Identity, role: Role): boolean {
  return identity.kind === 'user' && identity.roles.includes(role);
}

/** Signs `identity` for ASSERTION_TTL_SECONDS as `payload.signature`, both base64url. */
export function signAssertion(identity: Identity, secret: string, now = Date.now()): string {
  const expires = Math.floor(now / 1000) + ASSERTION_TTL_SECONDS;
  const payload = Buffer.from(JSON.stringify({ identity, expires })).toString('base64url');
  return `${payload}.${hmac(payload, secret)}`;
}

/** The identity in a valid assertion; undefined when it is absent, forged, malformed or expired. */
export function verifyAssertion(
  assertion: string | undefined,
  secret: string,
  now = Date.now(),
): Identity | undefined {
  const [payload, signature, ...rest] = assertion?.split('.') ?? [];
  if (!payload || !signature || rest.length > 0) return undefined;
  if (!sameText(signature, hmac(payload, secret))) return undefined;
  const { identity, expires } = parsed(payload);
  return identity && expires !== undefined && expires * 1000 > now ? identity : undefined;
}

function parsed(payload: string): { identity?: Identity; expires?: number } {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) ?? {};
  } catch {
    return {};
  }
}

function hmac(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
