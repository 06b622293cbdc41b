import { defineEntity, p } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, type DatabaseOptions, openDatabase } from './database.js';
import { testDatabase } from './testing/database.js';

const NoteTable = defineEntity({
  name: 'NoteRow',
  tableName: 'notes',
  properties: { id: p.integer().primary(), text: p.string() },
});

class CreateNotes extends Migration {
  override up(): void {
    this.addSql('create table notes (id int primary key, text text not null)');
  }
}

const optionsFor = (url: string): DatabaseOptions => ({
  url,
  entities: [NoteTable],
  migrations: [{ name: 'create-notes', class: CreateNotes }],
  poolSize: 4,
});

let db: Database;
beforeAll(async () => {
  db = await openDatabase(optionsFor(await testDatabase()));
});
afterAll(() => db.close());

const add = (query: Database['query'], id: number) =>
  query('add', 'insert into notes (id, text) values ($1, $2)', [id, `note ${id}`]);
const ids = async () =>
  (await db.query<{ id: number }>('ids', 'select id from notes order by id')).map(({ id }) => id);

describe('a database', () => {
  it('is brought up to date once by all processes that open it together', async () => {
    const options = optionsFor(await testDatabase());
    const opened = await Promise.all([1, 2, 3].map(() => openDatabase(options)));
    for (const each of opened) expect(await each.query('none', 'select * from notes')).toEqual([]);
    await Promise.all(opened.map((each) => each.close()));
    const again = await openDatabase(options);
    await again.ready();
    await again.close();
    await expect(again.ready()).rejects.toThrow();
  });

  it('has one truth for both ways of asking', async () => {
    await add(db.query, 1);
    expect(await db.em().find(NoteTable, { id: 1 })).toMatchObject([{ text: 'note 1' }]);
  });

  it('gives every connection its settings', async () => {
    const options = { ...optionsFor(await testDatabase()), settings: { statement_timeout: '7s' } };
    const opened = await openDatabase(options);
    const shown = await Promise.all(
      [1, 2, 3, 4].map(() => opened.query('shown', 'show statement_timeout')),
    );
    expect(shown.flat()).toEqual(Array(4).fill({ statement_timeout: '7s' }));
    await opened.close();
  });
});

describe('a transaction', () => {
  it('is kept as a whole', async () => {
    await db.transaction(async (query) => {
      await add(query, 10);
      await add(query, 11);
      expect(await ids()).not.toContain(10);
    });
    expect(await ids()).toEqual(expect.arrayContaining([10, 11]));
  });

  it('leaves nothing where it fails, and its connection can be used again', async () => {
    for (let i = 0; i < 10; i++) {
      const failed = db.transaction(async (query) => {
        await add(query, 20);
        await add(query, 20);
      });
      await expect(failed).rejects.toMatchObject({ code: '23505' });
    }
    expect(await ids()).not.toContain(20);
  });

  it('whose connection breaks fails, and others go on', async () => {
    const broken = db.transaction(async (query) => {
      await query('die', 'select pg_terminate_backend(pg_backend_pid())');
    });
    await expect(broken).rejects.toThrow();
    await Promise.all([1, 2, 3, 4].map(() => db.ready()));
  });

  it('whose connection breaks between two statements fails, and the process goes on', async () => {
    const broken = db.transaction(async (query) => {
      const [own] = await query<{ pid: number }>('own', 'select pg_backend_pid() as pid');
      await db.query('end', 'select pg_terminate_backend($1)', [own?.pid]);
      // While nothing is asked of it, the connection learns of its end.
      const alive = 'select from pg_stat_activity where pid = $1';
      await expect.poll(() => db.query('alive', alive, [own?.pid])).toEqual([]);
      await query('next', 'select 1');
    });
    await expect(broken).rejects.toThrow();
    await db.ready();
  });
});

it('outlives the loss of connections that nobody was using', async () => {
  await Promise.all([1, 2, 3, 4].map(() => db.ready()));
  await db.query(
    'kill',
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await expect.poll(() => db.ready()).toBe(undefined);
  expect(await ids()).toContain(1);
});
