/** Every code with which the gateway closes a WebSocket, and the reason it gives the client. */
export const CLOSE = {
  goingAway: { code: 1001, reason: 'Going away' },
  /** Nobody can tell at the moment who connects. */
  tryAgainLater: { code: 1013, reason: 'Try again later' },
  invalidMessage: { code: 4400, reason: 'Invalid message' },
  /** An operation before the connection was acknowledged. */
  unauthorized: { code: 4401, reason: 'Unauthorized' },
  /** The credentials are not accepted, or not any more. */
  forbidden: { code: 4403, reason: 'Forbidden' },
  subprotocol: { code: 4406, reason: 'Subprotocol not acceptable' },
  initTimeout: { code: 4408, reason: 'Connection initialisation timeout' },
  subscriberExists: { code: 4409, reason: 'Subscriber already exists' },
  /** Not of the protocol: the client reads more slowly than it is sent to. */
  tooSlow: { code: 4410, reason: 'Client too slow' },
  tooManyInits: { code: 4429, reason: 'Too many initialisation requests' },
} as const;

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** Bytes that fit into a close frame beside its code. */
const MAX_REASON_BYTES = 123;

/** The same closing with more words, where they fit. */
export function because(closing: Closing, reason: string): Closing {
  return Buffer.byteLength(reason) > MAX_REASON_BYTES ? closing : { ...closing, reason };
}
