import { defineEntity, p } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.js';
import { userError } from './graphql/user-error.js';
import { CREATE_IDEMPOTENCY_KEYS, forgetKeys, MAX_KEY_LENGTH, oncePerKey } from './idempotency.js';
import { ANONYMOUS, type Identity } from './identity.js';
import { newId } from './ids.js';
import { testDatabase } from './testing/database.js';

class CreateNotes extends Migration {
  override up(): void {
    this.addSql('create table notes (id int generated always as identity, text text not null)');
    this.addSql(CREATE_IDEMPOTENCY_KEYS);
  }
}

const NoteTable = defineEntity({
  name: 'NoteRow',
  tableName: 'notes',
  properties: { id: p.integer().primary(), text: p.string() },
});

let db: Database;
beforeAll(async () => {
  db = await openDatabase({
    url: await testDatabase(),
    entities: [NoteTable],
    migrations: [{ name: 'create-notes', class: CreateNotes }],
    poolSize: 4,
  });
});
afterAll(() => db.close());

const once = oncePerKey<string>({ conflict: 'CONFLICT', badKey: 'BAD' }, 200);
const ada: Identity = { kind: 'user', userId: newId(), roles: [] };

interface Added {
  id: number | null;
  errors: Array<{ code: string; field: string[] | null; message: string }>;
}

const NOTHING = { id: null };

async function insert({ query }: Database, text: string): Promise<Added> {
  const [row] = await query<{ id: number }>(
    'add',
    'insert into notes (text) values ($1) returning id',
    [text],
  );
  return { id: row?.id ?? null, errors: [] };
}

/** Adds a note with this text, by Ada unless told otherwise. */
const add = (
  input: { idempotencyKey?: string | null; [field: string]: unknown },
  {
    by = ada,
    mutation = 'add',
    effect,
  }: { by?: Identity; mutation?: string; effect?: typeof insert } = {},
) =>
  once({ db, identity: by }, { mutation, input, nothing: NOTHING }, (within) =>
    (effect ?? insert)(within, String(input.text)),
  );

const notes = async (text: string) =>
  (await db.query('notes', 'select id from notes where text = $1', [text])).length;
const isKept = async (key: string) =>
  (await db.query('kept', 'select 1 from idempotency_keys where key = $1', [key])).length > 0;

describe('a mutation with a key', () => {
  it('happens once; asked again, it answers the same', async () => {
    const input = { idempotencyKey: newId(), text: newId() };
    const first = await add(input);
    expect(first).toEqual({ id: expect.any(Number), errors: [] });
    expect(await add(input)).toEqual(first);
    expect(await notes(input.text)).toBe(1);
  });

  it('is the same request whatever the sequence of its fields', async () => {
    const idempotencyKey = newId();
    const first = await add({ idempotencyKey, text: 'x', at: { a: 1, b: [2, 3] } });
    expect(await add({ at: { b: [2, 3], a: 1 }, text: 'x', idempotencyKey })).toEqual(first);
  });

  it.each([
    ['another value', { text: 'b' }],
    ['another sequence of a list', { text: 'a', list: [2, 1] }],
    ['null where nothing was said', { text: 'a', list: [1, 2], more: null }],
  ])('is refused for another request: %s', async (_, other) => {
    const idempotencyKey = newId();
    await add({ idempotencyKey, text: 'a', list: [1, 2] });
    expect(await add({ idempotencyKey, ...other })).toEqual({
      id: null,
      errors: [expect.objectContaining({ code: 'CONFLICT', field: ['idempotencyKey'] })],
    });
  });

  it('has one effect where many ask at once, and one answer', async () => {
    const input = { idempotencyKey: newId(), text: newId() };
    const answers = await Promise.all(Array.from({ length: 12 }, () => add(input)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(await notes(input.text)).toBe(1);
  });

  it('counts per person, anonymous callers among them, and per mutation', async () => {
    const input = { idempotencyKey: newId(), text: newId() };
    const answers = await Promise.all([
      add(input),
      add(input, { by: { kind: 'user', userId: newId(), roles: [] } }),
      add(input, { by: ANONYMOUS }),
      add(input, { by: { kind: 'service', name: 'import' } }),
      add(input, { mutation: 'addOther' }),
    ]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(5);
  });

  it('leaves nothing where it was refused, and its key can be used for another request', async () => {
    const input = { idempotencyKey: newId(), text: newId() };
    const refuse = async (within: Database, text: string) => {
      await insert(within, text);
      return { id: null, errors: [userError('FULL', 'There is no room.')] };
    };
    expect(await add(input, { effect: refuse })).toMatchObject({ errors: [{ code: 'FULL' }] });
    expect(await notes(input.text)).toBe(0);
    expect(await isKept(input.idempotencyKey)).toBe(false);
    expect(await add({ ...input, text: 'changed' })).toMatchObject({ errors: [] });
  });

  it('is kept with its errors where a part of it was done', async () => {
    const input = { idempotencyKey: newId(), text: newId() };
    const inPart = async (within: Database, text: string) => ({
      ...(await insert(within, text)),
      errors: [userError('FULL', 'There is no room for the rest.')],
    });
    const first = await add(input, { effect: inPart });
    expect(first).toMatchObject({ id: expect.any(Number), errors: [{ code: 'FULL' }] });
    expect(await add(input, { effect: inPart })).toEqual(first);
    expect(await notes(input.text)).toBe(1);
  });

  it('leaves nothing where it failed, and can be tried again', async () => {
    const input = { idempotencyKey: newId(), text: newId() };
    const fail = async (within: Database, text: string): Promise<Added> => {
      await insert(within, text);
      throw new Error('disk full');
    };
    await expect(add(input, { effect: fail })).rejects.toThrow('disk full');
    expect(await add(input)).toMatchObject({ errors: [] });
    expect(await notes(input.text)).toBe(1);
  });

  it('waits for the first only so long', async () => {
    const input = { idempotencyKey: newId(), text: newId() };
    const began = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const first = add(input, {
      effect: async (within, text) => {
        began.resolve();
        await finish.promise;
        return insert(within, text);
      },
    });
    await began.promise;
    expect(await add(input)).toMatchObject({ id: null, errors: [{ code: 'CONFLICT' }] });
    finish.resolve();
    expect(await add(input)).toEqual(await first);
  });

  it('lets its effect wait for other locks as long as it takes', async () => {
    const seen: unknown[] = [];
    const effect = async (within: Database, text: string) => {
      seen.push(...(await within.query('limit', 'show lock_timeout')));
      return insert(within, text);
    };
    await add({ idempotencyKey: newId(), text: 'limit' }, { effect });
    expect(seen).toEqual([{ lock_timeout: '0' }]);
  });

  it('is one transaction, also where its effect wants one of its own', async () => {
    const text = newId();
    const answer = await add(
      { idempotencyKey: newId(), text },
      {
        effect: async (within, it) => {
          const added = await within.transaction((query) => insert({ ...within, query }, it));
          expect(await notes(text)).toBe(0);
          expect(() => within.em()).toThrow('afterwards');
          return added;
        },
      },
    );
    expect(answer.errors).toEqual([]);
    expect(await notes(text)).toBe(1);
  });

  it.each(['', 'x'.repeat(MAX_KEY_LENGTH + 1), 'nul\0', 'half \ud800'])(
    'refuses the key %j',
    async (idempotencyKey) => {
      const text = newId();
      expect(await add({ idempotencyKey, text })).toMatchObject({
        id: null,
        errors: [{ code: 'BAD', field: ['idempotencyKey'] }],
      });
      expect(await notes(text)).toBe(0);
    },
  );
});

it.each([undefined, null])(
  'a mutation without a key (%s) happens each time',
  async (idempotencyKey) => {
    const text = newId();
    await add({ idempotencyKey, text } as never);
    await add({ idempotencyKey, text } as never);
    expect(await notes(text)).toBe(2);
  },
);

it('forgets keys by their age, the oldest first, so many at a time', async () => {
  const keys = [newId(), newId(), newId(), newId()];
  for (const idempotencyKey of keys) await add({ idempotencyKey, text: 'old' });
  const ages = [30, 28, 26, 23];
  for (const [i, key] of keys.entries()) {
    await db.query(
      'age',
      'update idempotency_keys set created_at = now() - make_interval(hours => $2) where key = $1',
      [key, ages[i]],
    );
  }
  const sweep = async () => {
    const [swept] = await forgetKeys(db)([{ olderThanHours: 24, limit: 2 }]);
    return (swept as { forgotten: number }).forgotten;
  };
  expect(await sweep()).toBe(2);
  expect(await Promise.all(keys.map(isKept))).toEqual([false, false, true, true]);
  expect(await sweep()).toBe(1);
  expect(await sweep()).toBe(0);
  expect(await isKept(keys[3] as string)).toBe(true);
});
