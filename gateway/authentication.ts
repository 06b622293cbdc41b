import type { IncomingHttpHeaders } from 'node:http';
import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import type { Awaitable } from './data-sources/data-source.js';

/** A request's headers; for a WebSocket its connectionParams in the same shape. */
export type Credentials = Readonly<IncomingHttpHeaders>;

/** An identity for as long as its credentials are valid. */
export interface Session {
  readonly identity: Identity;
  /** Milliseconds since the epoch; subscriptions end then. Never where it is missing. */
  readonly expiresAt?: number | undefined;
}

/**
 * Finds out who asks, and until when that holds. Throws an UnauthenticatedError (or any error whose `code` is
 * UNAUTHENTICATED) for credentials that are forged or expired; answers an anonymous identity where there are none.
 */
export type Authenticate = (credentials: Credentials) => Awaitable<Identity | Session>;

export function sessionOf(answer: Identity | Session): Session {
  return 'identity' in answer ? answer : { identity: answer };
}

export const everybodyIsAnonymous: Authenticate = () => ANONYMOUS;

/**
 * A WebSocket client's credentials: `{ Authorization: 'Bearer …' }` or `{ token }` in its connectionParams,
 * otherwise the upgrade request's own header. Cookies are left out: browsers send them for foreign pages too.
 */
export function webSocketCredentials(
  params: Readonly<Record<string, unknown>> | undefined,
  upgrade: IncomingHttpHeaders,
): Credentials {
  const { authorization } = { ...pick(upgrade.authorization), ...credentialsIn(params) };
  return authorization === undefined ? {} : { authorization };
}

/** The credentials in connectionParams or in the headers a client sends along with an operation. */
export function credentialsIn(params: Readonly<Record<string, unknown>> | undefined): Credentials {
  const { authorization, Authorization, token } = params ?? {};
  if (typeof token === 'string') return { authorization: `Bearer ${token}` };
  return pick(authorization ?? Authorization);
}

function pick(authorization: unknown): Credentials {
  return typeof authorization === 'string' ? { authorization } : {};
}
