import type { Query } from '@waybill/kernel/database.js';
import type { ProviderEvent } from '../providers/provider.js';

/** The statements on `provider_events`. */
const STORE = `
  insert into provider_events (provider, id, kind, reference) values ($1, $2, $3, $4)
  on conflict do nothing returning id`;

/** Whoever claims an event has a growing while to take it, up to an hour; then another may. */
const CLAIM = `
  update provider_events e set tries = tries + 1,
    try_at = now() + least(interval '15 seconds' * power(2, tries), interval '1 hour')
  where (provider, id) in (
    select provider, id from provider_events
    where provider = $1 and taken_at is null and try_at <= now()
    order by try_at limit $2 for update skip locked)
  returning id, kind, reference, tries`;

const TAKEN = `
  update provider_events set taken_at = now() where provider = $1 and id = any($2::text[])`;

const LATER = `
  update provider_events set try_at = now() + interval '5 seconds'
  where provider = $1 and id = any($2::text[])`;

/** A provider repeats what was not answered for some days; whoever repeats it later finds nothing new at all. */
const FORGET = `delete from provider_events where received_at < now() - interval '30 days'`;

export interface ClaimedEvent extends ProviderEvent {
  /** Counts this one. */
  tries: number;
}

/** Whether the event is new. */
export async function storeEvent(
  query: Query,
  provider: string,
  { id, kind, reference }: ProviderEvent,
): Promise<boolean> {
  const stored = await query('provider-events.store', STORE, [provider, id, kind, reference]);
  return stored.length > 0;
}

export function claimEvents(query: Query, provider: string, limit: number) {
  return query<ClaimedEvent>('provider-events.claim', CLAIM, [provider, limit]);
}

export async function markTaken(query: Query, provider: string, events: ClaimedEvent[]) {
  await query('provider-events.taken', TAKEN, [provider, events.map(({ id }) => id)]);
}

/** Has the events taken up again in five seconds. */
export async function takeLater(query: Query, provider: string, events: ClaimedEvent[]) {
  await query('provider-events.later', LATER, [provider, events.map(({ id }) => id)]);
}

export async function forgetOldEvents(query: Query): Promise<void> {
  await query('provider-events.forget', FORGET, []);
}
