import { type Identity, isStaff } from '@waybill/kernel/identity.js';

/** Whose webhooks somebody may change: staff those of all, a partner its own. */
export type Reach = { all: true } | { all: false; partnerId: string | null };

export function reachOf(identity: Identity): Reach {
  if (isStaff(identity)) return { all: true };
  return { all: false, partnerId: identity.kind === 'partner' ? identity.partnerId : null };
}

/** The partner for whom a webhook is to be made: undefined where it is not the asker's to make. */
export function partnerWithin(reach: Reach, asked: string | undefined): string | undefined {
  if (reach.all) return asked;
  const own = reach.partnerId ?? undefined;
  return asked === undefined || asked === own ? own : undefined;
}
