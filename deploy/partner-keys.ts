import { FreshCache, type Session, UnauthenticatedError } from '@waybill/gateway/index.js';
import { readApiKey } from '@waybill/kernel/api-key.js';
import type { CommandClient } from '@waybill/kernel/commands.js';
import type { Identity } from '@waybill/kernel/identity.js';
import type { Log } from '@waybill/kernel/log.js';
import type { Commands, PartnerCaller } from '@waybill/schema/commands.js';

/** What the gateway asks the users subgraph about keys. */
type KeyCommands = Pick<CommandClient<Commands['users']>, 'findApiKey' | 'recordKeyUse'>;

export interface PartnerKeysOptions {
  commands: KeyCommands;
  log: Log;
  /** Milliseconds for which an answer counts; default 10,000. That a key was withdrawn is heeded at once, elsewhere. */
  ttlMs?: number;
  /** Milliseconds between notes of which keys were used; default 5,000. */
  noteMs?: number;
}

/** API keys, as one process of the gateway knows them: most requests with one find it at hand. */
export interface PartnerKeys {
  /** Who comes with that key. Throws an UnauthenticatedError for one that does not count. */
  session(key: string): Session | Promise<Session>;
  rateClassOf(identity: Identity): PartnerCaller['rateClass'];
  /** Told of a use for which nobody asked who comes, as on an open socket. */
  used(keyId: string): void;
  /** Notes what is still to be noted. */
  close(): Promise<void>;
}

/** A key as it was found; null where it does not count. */
interface Found {
  readonly caller: PartnerCaller | null;
  readonly session: Session | null;
}

export function openPartnerKeys(options: PartnerKeysOptions): PartnerKeys {
  const { commands, log, ttlMs = 10_000, noteMs = 5_000 } = options;
  const rateClasses = new Map<string, PartnerCaller['rateClass']>();
  const uses = new Map<string, string>();
  const found = new FreshCache<Found>(
    async (key) => {
      const [keyId = '', secretHash = ''] = key.split(':');
      const caller = await commands.findApiKey({ keyId, secretHash });
      if (caller) rateClasses.set(caller.partnerId, caller.rateClass);
      return { caller, session: caller && sessionOf(caller) };
    },
    { ttlMs },
  );

  function admitted({ session, caller }: Found): Session {
    const expired = session?.expiresAt !== undefined && session.expiresAt <= Date.now();
    if (!session || !caller || expired) throw new UnauthenticatedError('This key does not count.');
    used(caller.keyId);
    return session;
  }

  function used(keyId: string): void {
    uses.set(keyId, new Date().toISOString());
  }

  async function note(): Promise<void> {
    const noted = [...uses].map(([keyId, at]) => ({ keyId, at }));
    uses.clear();
    const notes = noted.map((use) => commands.recordKeyUse(use));
    await Promise.all(notes).catch((error) =>
      log.warn({ err: error }, 'use of keys was not noted'),
    );
  }

  const timer = setInterval(() => void note(), noteMs);
  return {
    session: (text) => {
      const key = readApiKey(text);
      if (!key) throw new UnauthenticatedError('This is no API key.');
      const given = found.get(`${key.keyId}:${key.secretHash}`);
      return given instanceof Promise ? given.then(admitted) : admitted(given);
    },
    rateClassOf: (identity) =>
      (identity.kind === 'partner' && rateClasses.get(identity.partnerId)) || 'STANDARD',
    used,
    close: async () => {
      clearInterval(timer);
      await note();
    },
  };
}

function sessionOf({ partnerId, keyId, scopes, storefrontIds, expiresAt }: PartnerCaller): Session {
  const realms = storefrontIds === null ? {} : { realms: storefrontIds };
  const identity = Object.freeze({ kind: 'partner', partnerId, keyId, scopes, ...realms } as const);
  return { identity, expiresAt: expiresAt === null ? undefined : Date.parse(expiresAt) };
}
