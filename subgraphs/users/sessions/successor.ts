import { createHmac } from 'node:crypto';

/**
 * The refresh token that follows `token` in its session. Derived and not drawn, so that two tabs that refresh at the same
 * moment, or a client that lost the answer, get one and the same: the session stays one chain.
 */
export function successorOf(token: string, secret: Buffer): string {
  return createHmac('sha256', secret).update(token).digest('base64url');
}
