import type { DataSource, ReviseIdentity } from '@waybill/gateway/index.js';
import type { Identity } from '@waybill/kernel/identity.js';
import type { Live } from '@waybill/kernel/live.js';
import type { Log } from '@waybill/kernel/log.js';
import type { AccessChange, RecordedAccessChange } from '@waybill/schema/access.js';

export interface AccessFeedOptions {
  /** What was recorded in the last seconds, by the clock of the database; with null, all that still matters. */
  read(input: { sinceSeconds: number | null }): Promise<{ changes: RecordedAccessChange[] }>;
  /** Tells of each change at once, but not for certain. */
  live: Pick<Live<RecordedAccessChange>, 'subscribe'>;
  log: Log;
  /** Milliseconds between looks for what was missed; default 5,000. */
  lookAgainMs?: number;
}

/** What a gateway knows about access that has changed since tokens were issued. */
export interface AccessFeed {
  /** Who somebody is by now; a look-up in memory. */
  revise: ReviseIdentity;
  /** A number that differs when something about the partner has changed; a look-up in memory. */
  versionOf(partnerId: string): number;
  /** Whether all that was recorded is known; until then nobody can be told from their token. */
  readonly isKnown: boolean;
  /** Resolves when all is known that was recorded before; rejects where it cannot be found out just now. */
  load(): Promise<void>;
  close(): void;
}

/** A transaction may commit this much later than its rows say. */
const OVERLAP_SECONDS = 60;

/** Changes that no longer matter are dropped when all are read anew. */
const READ_ALL_MS = 3_600_000;

/** Follows what the users subgraph records: the live bus at once, its table at the start and after whatever gap. */
export function openAccessFeed({
  read,
  live,
  log,
  lookAgainMs = 5_000,
}: AccessFeedOptions): AccessFeed {
  let latest = new Map<string, RecordedAccessChange>();
  let readAllAt: number | undefined;
  let readAt = 0;
  let reading: Promise<void> | undefined;

  async function readAll(): Promise<void> {
    const at = Date.now();
    const { changes } = await read({ sinceSeconds: null });
    const last = changes.at(-1)?.seq ?? 0;
    const heardSince = [...latest.values()].filter(({ seq }) => seq > last);
    latest = applied(new Map(), [...changes, ...heardSince]);
    readAllAt = readAt = at;
  }

  async function readMissed(): Promise<void> {
    const at = Date.now();
    const sinceSeconds = (at - readAt) / 1000 + OVERLAP_SECONDS;
    applied(latest, (await read({ sinceSeconds })).changes);
    readAt = at;
  }

  /** What is being read just now may have been asked for too early. */
  async function load(): Promise<void> {
    await reading?.catch(() => {});
    const isAllKnown = readAllAt !== undefined && Date.now() - readAllAt < READ_ALL_MS;
    reading ??= (isAllKnown ? readMissed() : readAll()).finally(() => {
      reading = undefined;
    });
    return reading;
  }

  const lookAgain = () =>
    load().catch((error) => log.warn({ err: error }, 'changes of access were not read'));
  const stop = live.subscribe((changes) => void applied(latest, changes));
  const timer = setInterval(lookAgain, lookAgainMs);
  void lookAgain();

  return {
    revise: (identity) => revisedBy(latest, identity),
    versionOf: (partnerId) => latest.get(`partner:${partnerId}`)?.seq ?? 0,
    get isKnown() {
      return readAllAt !== undefined;
    },
    load,
    close: () => {
      clearInterval(timer);
      stop();
    },
  };
}

/**
 * The subgraph that records changes, so that what its mutations change holds for what is asked after their answer. Other
 * gateways hear of it on the live bus, some milliseconds later.
 */
export function recordingSource(
  source: DataSource,
  { load }: Pick<AccessFeed, 'load'>,
  log: Log,
): DataSource {
  const change: DataSource['execute'] = async (request, call) => {
    const answer = await source.execute(request, call);
    await load().catch((error) => log.warn({ err: error }, 'changes of access were not read'));
    return answer;
  };
  const execute: DataSource['execute'] = (request, call) =>
    request.operation.kind === 'mutation' ? change(request, call) : source.execute(request, call);
  return { ...source, execute };
}

/** The last change of everybody and everything; whichever way it came, and however often. */
function applied(
  latest: Map<string, RecordedAccessChange>,
  changes: readonly RecordedAccessChange[],
): Map<string, RecordedAccessChange> {
  for (const each of changes) {
    const subject = subjectOf(each.change);
    if (each.seq > (latest.get(subject)?.seq ?? 0)) latest.set(subject, each);
  }
  return latest;
}

function subjectOf(change: AccessChange): string {
  switch (change.kind) {
    case 'SESSION_ENDED':
      return `session:${change.sessionId}`;
    // Not one with the roles: who has no account any more does not get it back with them.
    case 'USER_CLOSED':
      return `closed:${change.userId}`;
    case 'ROLES_CHANGED':
      return `user:${change.userId}`;
    case 'KEY_WITHDRAWN':
      return `withdrawn:${change.keyId}`;
    case 'KEY_CHANGED':
      return `key:${change.keyId}`;
    case 'PARTNER_CONFINED':
      return `confined:${change.partnerId}`;
    case 'PARTNER_CHANGED':
      return `partner:${change.partnerId}`;
  }
}

function revisedBy(latest: Latest, identity: Identity): Identity | undefined {
  if (latest.size === 0) return identity;
  switch (identity.kind) {
    case 'user':
      return revisedUser(latest, identity);
    case 'partner':
      return revisedKey(latest, identity);
    default:
      return identity;
  }
}

type Latest = ReadonlyMap<string, RecordedAccessChange>;

function revisedUser(latest: Latest, identity: Identity & { kind: 'user' }): Identity | undefined {
  const { userId, sessionId } = identity;
  if (latest.has(`closed:${userId}`) || latest.has(`session:${sessionId}`)) return undefined;
  const change = latest.get(`user:${userId}`)?.change;
  if (change?.kind !== 'ROLES_CHANGED') return identity;
  const current = confinedTo(identity, change.storefrontIds);
  return isSame(change.roles, identity.roles) ? current : { ...current, roles: change.roles };
}

function revisedKey(
  latest: Latest,
  identity: Identity & { kind: 'partner' },
): Identity | undefined {
  if (latest.has(`withdrawn:${identity.keyId}`)) return undefined;
  const confined = latest.get(`confined:${identity.partnerId}`)?.change;
  const current =
    confined?.kind === 'PARTNER_CONFINED' ? confinedTo(identity, confined.storefrontIds) : identity;
  const change = latest.get(`key:${identity.keyId}`)?.change;
  if (change?.kind !== 'KEY_CHANGED' || isSame(change.scopes, current.scopes)) return current;
  return { ...current, scopes: change.scopes };
}

/** The very same where it is confined to these already; absent in changes recorded before there were storefronts. */
function confinedTo<Whose extends { realms?: readonly string[] }>(
  identity: Whose,
  storefrontIds: string[] | null | undefined,
): Whose {
  const { realms, ...rest } = identity;
  if (storefrontIds == null) return realms === undefined ? identity : (rest as Whose);
  if (realms && isSame(realms, storefrontIds)) return identity;
  return { ...identity, realms: storefrontIds };
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each, i) => each === others[i]);
}
