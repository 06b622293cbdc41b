import { randomUUID } from 'node:crypto';
import type { Identity } from '@waybill/kernel/identity.js';
import type { RequestCaching } from './caching/request-caching.js';
import type { Forwarded } from './forwarded-headers.js';
import type { Charge } from './rate-limits/charge.js';

/** Who asks, under which request id: what every fetch of one operation has in common. */
export interface RequestContext {
  readonly identity: Identity;
  readonly requestId: string;
  /** From where a client asks for a change, where subgraphs are told. */
  readonly address?: string | undefined;
  /** The client's own headers that subgraphs get, too; part of who asks. */
  readonly forwarded?: Forwarded | undefined;
  /** The answer is to be sent as JSON: it may be a WrittenAnswer. */
  readonly text?: boolean;
  /** Given where caches may keep the answer. */
  readonly caching?: RequestCaching | undefined;
  /** Given where the operation is on a safelist: whether it still is when the next event comes. */
  readonly stillListed?: (() => Promise<boolean>) | undefined;
  /** Given where the caller's rate is limited. */
  readonly charge?: Charge | undefined;
}

/** Tells callers apart whom subgraphs may answer differently. */
export function callerKey({ identity, forwarded }: RequestContext): string {
  return JSON.stringify(forwarded ? [identity, forwarded] : identity);
}

const ACCEPTABLE_ID = /^[\w.-]{8,64}$/;

/** The caller's own request id when it is harmless in logs and headers, otherwise a fresh one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && ACCEPTABLE_ID.test(header) ? header : randomUUID();
}
