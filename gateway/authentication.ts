import type { IncomingHttpHeaders } from 'node:http';
import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import type { Awaitable } from './data-sources/data-source.js';
import { UnauthenticatedError } from './errors.js';

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

/**
 * Who somebody is by now whom `authenticate` knows under this identity: the very same where nothing has changed, another
 * one where their roles have, undefined where their access was taken away. Asked before each operation and each event of
 * a subscription, so that it has to know the answer at once.
 */
export type ReviseIdentity = (identity: Identity) => Identity | undefined;

/** The identity as it is now; throws an UnauthenticatedError where it is none any more. */
export function revised(revise: ReviseIdentity | undefined, identity: Identity): Identity {
  const current = revise ? revise(identity) : identity;
  if (!current) throw new UnauthenticatedError('Access was taken away');
  return current;
}

/** Lets in by credentials that are accepted, as who that is by now. */
export function upToDate(
  authenticate: Authenticate,
  revise: ReviseIdentity | undefined,
): Authenticate {
  if (!revise) return authenticate;
  const now = (answer: Identity | Session): Session => {
    const session = sessionOf(answer);
    const identity = revised(revise, session.identity);
    return identity === session.identity ? session : { ...session, identity };
  };
  return (credentials) => {
    const given = authenticate(credentials);
    return given instanceof Promise ? given.then(now) : now(given);
  };
}

export const everybodyIsAnonymous: Authenticate = () => ANONYMOUS;

/**
 * A WebSocket client's credentials: `{ Authorization: 'Bearer …' }`, `{ token }` or `{ 'X-API-Key' }` in its
 * connectionParams, otherwise the upgrade request's own headers of that name. Cookies are left out: browsers send them for
 * foreign pages too.
 */
export function webSocketCredentials(
  params: Readonly<Record<string, unknown>> | undefined,
  upgrade: IncomingHttpHeaders,
): Credentials {
  const given = credentialsIn(params);
  return hasCredentials(given) ? given : credentialsIn(upgrade);
}

/** The credentials in connectionParams or in the headers a client sends along with an operation. */
export function credentialsIn(params: Readonly<Record<string, unknown>> | undefined): Credentials {
  const { token, ...given } = params ?? {};
  const named = Object.entries(given).flatMap(([name, value]) => {
    const header = name.toLowerCase();
    return CREDENTIALS.includes(header) && typeof value === 'string' ? [[header, value]] : [];
  });
  const credentials: Credentials = Object.fromEntries(named);
  return typeof token === 'string'
    ? { ...credentials, authorization: `Bearer ${token}` }
    : credentials;
}

const CREDENTIALS = ['authorization', 'x-api-key'];

export function hasCredentials(credentials: Credentials): boolean {
  return CREDENTIALS.some((name) => credentials[name] !== undefined);
}
