import { FreshCache, type Safelist, type SafelistFor } from '@waybill/gateway/index.js';
import type { CommandClient } from '@waybill/kernel/commands.js';
import type { Identity } from '@waybill/kernel/identity.js';
import type { Log } from '@waybill/kernel/log.js';
import type { ApprovedOperation, Commands } from '@waybill/schema/commands.js';

export interface PartnerSafelistsOptions {
  commands: Pick<CommandClient<Commands['users']>, 'approvedOperations' | 'countUses'>;
  /** A number that differs whenever the partner's operations may have changed; a look-up in memory. */
  versionOf(partnerId: string): number;
  /** By which keys with the scope OPERATIONS register others; by id. */
  managing: ReadonlyMap<string, string>;
  /** Told of each use of a key. */
  onKeyUse(keyId: string): void;
  log: Log;
  /** Milliseconds between counts; default 5,000. */
  countMs?: number;
}

export interface PartnerSafelists {
  /** What a partner may run; everybody else is not limited to operations of their own. */
  safelistFor: SafelistFor;
  /** Counts what is still to be counted. */
  close(): Promise<void>;
}

interface Approved {
  readonly operations: ReadonlyMap<string, ApprovedOperation>;
  readonly maxCost: number;
}

type Partner = Identity & { kind: 'partner' };

/** Milliseconds after which operations are asked for anew, also where nobody tells of a change. */
const TTL_MS = 60_000;

/** The operations of partners, as one process of the gateway knows them: most requests find theirs at hand. */
export function openPartnerSafelists(options: PartnerSafelistsOptions): PartnerSafelists {
  const { commands, versionOf, managing, onKeyUse, log, countMs = 5_000 } = options;
  const uses = new Map<
    string,
    { partnerId: string; operationId: string; count: number; at: string }
  >();
  const approved = new FreshCache<Approved>(
    async (key) => {
      const [partnerId = ''] = key.split(':');
      const { operations, maxCost } = await commands.approvedOperations({ partnerId });
      return { operations: new Map(operations.map((each) => [each.id, each])), maxCost };
    },
    { ttlMs: TTL_MS },
  );

  function safelistOf(partner: Partner, { operations, maxCost }: Approved): Safelist {
    const { partnerId, keyId, scopes } = partner;
    return {
      maxCost,
      text: (id) => {
        const operation = operations.get(id);
        if (operation) return scopes.includes(SCOPES[operation.kind]) ? operation.text : undefined;
        return scopes.includes('OPERATIONS') ? managing.get(id) : undefined;
      },
      onUse: (operationId) => {
        onKeyUse(keyId);
        const key = `${partnerId}:${operationId}`;
        const { count } = uses.get(key) ?? { count: 0 };
        uses.set(key, { partnerId, operationId, count: count + 1, at: new Date().toISOString() });
      },
    };
  }

  async function count(): Promise<void> {
    const counted = [...uses.values()];
    uses.clear();
    const counts = counted.map((use) => commands.countUses(use));
    await Promise.all(counts).catch((error) =>
      log.warn({ err: error }, 'use of operations was not counted'),
    );
  }

  const timer = setInterval(() => void count(), countMs);
  return {
    safelistFor: (identity) => {
      if (identity.kind !== 'partner') return undefined;
      const { partnerId } = identity;
      const given = approved.get(`${partnerId}:${versionOf(partnerId)}`);
      return given instanceof Promise
        ? given.then((each) => safelistOf(identity, each))
        : safelistOf(identity, given);
    },
    close: async () => {
      clearInterval(timer);
      await count();
    },
  };
}

/** What a key has to be good for to run operations of this kind. */
const SCOPES = { QUERY: 'READ', SUBSCRIPTION: 'READ', MUTATION: 'WRITE' } as const;
