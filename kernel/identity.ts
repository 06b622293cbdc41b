import { createHmac, timingSafeEqual } from 'node:crypto';

export const ROLES = ['CUSTOMER', 'STAFF', 'ADMIN', 'PARTNER'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks. The gateway finds it out once; subgraphs trust only what the gateway or a worker signed. */
export type Identity =
  | { kind: 'anonymous' }
  | { kind: 'user'; userId: string; roles: readonly Role[] }
  | { kind: 'service'; name: string };

export const ANONYMOUS: Identity = { kind: 'anonymous' };

/** The header in which an identity travels between our own processes. */
export const ASSERTION_HEADER = 'x-waybill-assertion';

/** Seconds for which an assertion is valid: long enough for a request, too short to be worth stealing. */
export const ASSERTION_TTL_SECONDS = 60;

/** Staff, administrators and our own services may see what belongs to any customer. */
export function isStaff(identity: Identity): boolean {
  return identity.kind === 'service' || hasRole(identity, 'STAFF') || hasRole(identity, 'ADMIN');
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
