import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { BatchHandler } from './batch.js';
import type { Database, Query } from './database.js';
import { type UserError, userError } from './graphql/user-error.js';
import { actorOf, type Identity } from './identity.js';
import { isStorable } from './storable.js';

/** Part of a migration of each context that has mutations. `answer` is null only while the effect runs. */
export const CREATE_IDEMPOTENCY_KEYS = `
  create table idempotency_keys (
    owner text not null,
    mutation text not null,
    key text not null,
    request_hash text not null,
    answer json,
    created_at timestamptz not null default now(),
    primary key (owner, mutation, key)
  );
  create index idempotency_keys_by_age on idempotency_keys (created_at)`;

/** Characters in a key, at the most. */
export const MAX_KEY_LENGTH = 200;

/** Longer than any mutation should take. */
const PATIENCE_MS = 5000;

/** A mutation that was asked for. */
export interface Asked<Answer> {
  /** Name of the mutation: a key counts per person and mutation. */
  mutation: string;
  /** What was asked, with the key that the caller chose; without one, the effect simply happens. */
  input: { idempotencyKey?: string | null | undefined };
  /** Whose the key is, where the caller's identity does not say it. */
  owner?: string | undefined;
  /** An answer, errors aside, that says that nothing was done: `{ userId: null }`. */
  nothing: Omit<Answer, 'errors'>;
}

interface Outcome<Code extends string> {
  errors: UserError<Code>[];
}

/** How one context carries out mutations once per key; `codes` are those of its own enum. */
export type Once<Code extends string> = <Answer extends Outcome<Code>>(
  caller: { db: Database; identity: Identity },
  asked: Asked<Answer>,
  effect: (db: Database) => Promise<Answer>,
) => Promise<Answer>;

/**
 * The one contract of every mutation. The key's row, the effect and its answer are one transaction: the same key and
 * input answer the same, another input is a conflict, and of two at once the second waits for the first.
 * An effect that answers errors and nothing else is rolled back, and its key stays free.
 *
 * `effect` gets a database whose every statement is part of that transaction; it must use no other connection to it.
 * Its answer is kept as JSON: ids, and what cannot be read again; whatever can is read when the call is over.
 */
export function oncePerKey<Code extends string>(
  codes: { conflict: Code; badKey: Code },
  patienceMs = PATIENCE_MS,
): Once<Code> {
  const refused = <Answer>({ nothing }: Asked<Answer>, code: Code, message: string): Answer => {
    const errors = [userError(code, message, ['idempotencyKey'])];
    return { ...nothing, errors } as Answer;
  };
  return async ({ db, identity }, asked, effect) => {
    const { idempotencyKey: key, ...request } = asked.input;
    if (key == null) return effect(db);
    const problem = keyProblem(key);
    if (problem) return refused(asked, codes.badKey, problem);
    const claim = {
      owner: asked.owner ?? actorOf(identity),
      mutation: asked.mutation,
      key,
      hash: hashOf(request),
      patienceMs,
    };
    const result = await carryOut(db, claim, asked.nothing, effect);
    return typeof result === 'string' ? refused(asked, codes.conflict, result) : result;
  };
}

/** What is wrong with a key, as a sentence. */
export function keyProblem(key: string): string | undefined {
  if (key.length < 1 || key.length > MAX_KEY_LENGTH) {
    return `A key has 1 to ${MAX_KEY_LENGTH} characters.`;
  }
  return isStorable(key) ? undefined : 'This key has characters that cannot be kept.';
}

interface Forgetting {
  olderThanHours: number;
  limit: number;
}

/** The command of each context that frees keys used longer than `olderThanHours` ago, the oldest first. */
export function forgetKeys(
  db: Pick<Database, 'query'>,
): BatchHandler<Forgetting, { forgotten: number }> {
  return (inputs) => Promise.all(inputs.map((input) => forget(db, input)));
}

async function forget(
  { query }: Pick<Database, 'query'>,
  { olderThanHours, limit }: Forgetting,
): Promise<{ forgotten: number }> {
  const [row] = await query<{ forgotten: number }>(
    'idempotency.forget',
    `with forgotten as (
       delete from idempotency_keys where (owner, mutation, key) in (
         select owner, mutation, key from idempotency_keys
         where created_at < now() - make_interval(hours => $1)
         order by created_at limit $2 for update skip locked)
       returning 1
     ) select count(*)::int as forgotten from forgotten`,
    [olderThanHours, limit],
  );
  return { forgotten: row?.forgotten ?? 0 };
}

interface Claim {
  owner: string;
  mutation: string;
  key: string;
  hash: string;
  /** Milliseconds for which a second request waits for the first. */
  patienceMs: number;
}

/** What a second request with a key that it does not fit is told. */
export const KEY_CONFLICT = 'This idempotency key was used for a different request.';
const BUSY = 'The first request with this key is still being carried out: ask again.';

/** The answer, or a sentence that says why there is none. */
async function carryOut<Answer extends { errors: unknown[] }>(
  db: Database,
  claim: Claim,
  nothing: object,
  effect: (db: Database) => Promise<Answer>,
): Promise<Answer | string> {
  try {
    return await db.transaction(async (query) => {
      if (!(await claimed(query, claim))) return earlierAnswer<Answer>(query, claim);
      const answer = await effect(within(db, query));
      if (isRefusal(answer, nothing)) throw new Refused(answer);
      return keep(query, claim, answer);
    });
  } catch (error) {
    if (error instanceof Refused) return error.answer as Answer;
    if (error instanceof Busy) return BUSY;
    throw error;
  }
}

/** Rolls back what a refused effect may have written, its key included. */
class Refused extends Error {
  constructor(readonly answer: unknown) {
    super('refused');
  }
}

class Busy extends Error {}

const isRefusal = ({ errors, ...done }: { errors: unknown[] }, nothing: object) =>
  errors.length > 0 && isDeepStrictEqual(done, nothing);

const LOCK_NOT_AVAILABLE = '55P03';

/** Takes the key; where another transaction has it in hand, waits for its end. The limit is for this wait only. */
async function claimed(query: Query, claim: Claim): Promise<boolean> {
  const { owner, mutation, key, hash, patienceMs } = claim;
  await query('idempotency.patience', `select set_config('lock_timeout', $1, true)`, [
    String(patienceMs),
  ]);
  const rows = await query(
    'idempotency.claim',
    `insert into idempotency_keys (owner, mutation, key, request_hash) values ($1, $2, $3, $4)
     on conflict do nothing returning set_config('lock_timeout', '0', true)`,
    [owner, mutation, key, hash],
  ).catch((error) => {
    throw error.code === LOCK_NOT_AVAILABLE ? new Busy() : error;
  });
  return rows.length > 0;
}

async function earlierAnswer<Answer>(
  query: Query,
  { owner, mutation, key, hash }: Claim,
): Promise<Answer | string> {
  const [row] = await query<{ hash: string; answer: Answer }>(
    'idempotency.earlier',
    `select request_hash as hash, answer from idempotency_keys where owner = $1 and mutation = $2 and key = $3`,
    [owner, mutation, key],
  );
  // Gone only where it was forgotten at this very moment.
  if (!row) return BUSY;
  return row.hash === hash ? row.answer : KEY_CONFLICT;
}

/** What is answered first is what was stored, so that both answers are the same to the letter. */
async function keep<Answer>(
  query: Query,
  { owner, mutation, key }: Claim,
  answer: Answer,
): Promise<Answer> {
  const text = JSON.stringify(answer);
  await query(
    'idempotency.keep',
    'update idempotency_keys set answer = $4 where owner = $1 and mutation = $2 and key = $3',
    [owner, mutation, key, text],
  );
  return JSON.parse(text);
}

/** The database as it looks from inside a transaction. */
function within(db: Database, query: Query): Database {
  return {
    ...db,
    query,
    transaction: (work) => work(query),
    em: () => {
      throw new Error(
        'the unit of work has a connection of its own: ask with query, or afterwards',
      );
    },
  };
}

function hashOf(request: object): string {
  return createHash('sha256').update(JSON.stringify(request, sorted)).digest('base64url');
}

/** The same fields in any order are the same request; null and absent are not, since they may mean different things. */
function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
