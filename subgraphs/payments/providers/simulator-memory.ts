import type { Database } from '@waybill/kernel/database.js';
import { type Charge, withCaptures } from './simulator-charge.js';

/** Milliseconds after which ordinary charges are written; an order mostly settles within them, as one write. */
const WRITE_AFTER_MS = 500;

/** Charges held in memory; older ones are read from the table when somebody asks for them. */
const HELD_IN_MEMORY = 10_000;

/** The simulated provider's database: a table of its own, that no other code reads. */
export const CREATE_SIMULATOR_CHARGES = `
  create table simulator_charges (
    key text primary key,
    version integer not null,
    charge jsonb not null,
    updated_at timestamptz not null default now()
  ) with (fillfactor = 70)`;

const LATEST = 'select charge from simulator_charges order by updated_at desc limit $1';

const ONE = 'select charge from simulator_charges where key = $1';

const WRITE = `
  insert into simulator_charges (key, version, charge)
  select c->>'key', (c->>'version')::integer, c from jsonb_array_elements($1::jsonb) as c
  on conflict (key) do update
  set version = excluded.version, charge = excluded.charge, updated_at = now()
  where simulator_charges.version < excluded.version`;

/**
 * Remembers charges in this process and behind it in a table, so that they outlive it. `keep` writes a little later,
 * many at once: the ordinary card costs no statement of its own, and a killed process forgets at most half a second
 * of charges, for which references vouch. `write` is for what must be known even then.
 */
export interface SimulatorMemory {
  /** What is in memory; `load` first where that may not be all. */
  recall(key: string): Charge | undefined;
  load(key: string): Promise<void>;
  keep(charge: Charge): void;
  write(charge: Charge): Promise<void>;
  close(): Promise<void>;
}

export async function simulatorMemory(db: Pick<Database, 'query'>): Promise<SimulatorMemory> {
  const charges = new Map<string, Charge>();
  let unwritten = new Map<string, Charge>();
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const latest = await db.query<{ charge: Charge }>('simulator.latest', LATEST, [HELD_IN_MEMORY]);
  for (const { charge } of latest.toReversed()) charges.set(charge.key, withCaptures(charge));

  async function writeAll(): Promise<void> {
    const batch = unwritten;
    unwritten = new Map();
    if (batch.size === 0) return;
    try {
      await db.query('simulator.write', WRITE, [JSON.stringify([...batch.values()])]);
    } catch (error) {
      // What changed meanwhile is newer than what could not be written.
      unwritten = new Map([...batch, ...unwritten]);
      throw error;
    }
    forgetOldest(charges, unwritten);
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.catch(() => undefined).then(writeAll);
    return writing;
  }

  function keep(charge: Charge): void {
    charges.set(charge.key, charge);
    unwritten.set(charge.key, charge);
    // A failure leaves the charges unwritten; the next flush takes them along.
    timer ??= setTimeout(() => flush().catch(() => undefined), WRITE_AFTER_MS).unref();
  }

  return {
    recall: (key) => charges.get(key),
    load: async (key) => {
      if (charges.has(key)) return;
      const [row] = await db.query<{ charge: Charge }>('simulator.one', ONE, [key]);
      // Somebody else may have loaded and changed it while this was on its way.
      if (row && !charges.has(key)) charges.set(key, withCaptures(row.charge));
    },
    keep,
    write: (charge) => {
      keep(charge);
      return flush();
    },
    close: flush,
  };
}

function forgetOldest(charges: Map<string, Charge>, unwritten: Map<string, Charge>): void {
  for (const key of charges.keys()) {
    if (charges.size <= HELD_IN_MEMORY) return;
    if (!unwritten.has(key)) charges.delete(key);
  }
}
