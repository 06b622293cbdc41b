import { unauthenticated } from '@waybill/kernel/errors.js';
import { hasRole, type Identity } from '@waybill/kernel/identity.js';

/** Whose webhooks somebody may change: administrators those of `ALL`, a partner with a key to write its own. */
export type Reach = { all: true } | { all: false; partnerId: string | null };

/** Throws UNAUTHENTICATED where nobody asks; to whoever may change none, each looks like none. */
export function reachOf(identity: Identity): Reach {
  if (identity.kind === 'anonymous') throw unauthenticated();
  if (hasRole(identity, 'ADMIN')) return { all: true };
  const mayWrite = identity.kind === 'partner' && identity.scopes.includes('WRITE');
  return { all: false, partnerId: mayWrite ? identity.partnerId : null };
}

/** The partner for whom a webhook is to be made: undefined where it is not the asker's to make. */
export function partnerWithin(reach: Reach, asked: string | undefined): string | undefined {
  if (reach.all) return asked;
  const own = reach.partnerId ?? undefined;
  return asked === undefined || asked === own ? own : undefined;
}
