import { defineEntity, p } from '@mikro-orm/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BY_INDEX, openDatabase } from './database.js';
import { testDatabase } from './testing/database.js';

const THING = defineEntity({ name: 'Thing', properties: { id: p.uuid().primary() } });

function open(url: string, settings: Record<string, string>) {
  return openDatabase({ url, entities: [THING], migrations: [], settings });
}

describe('the settings of a database', () => {
  it('hold on every connection', async () => {
    const db = await open(await testDatabase(), BY_INDEX);
    onTestFinished(() => db.close());
    const ask = () =>
      db.query<{ names: string[] }>(
        'settings',
        `select array_agg(name order by name) as names, pg_sleep(0.05)
         from pg_settings where setting = 'off' and name = any($1)`,
        [Object.keys(BY_INDEX)],
      );
    // At once, so that the pool opens several.
    for (const [row] of await Promise.all([ask(), ask(), ask()])) {
      expect(row?.names).toEqual(Object.keys(BY_INDEX).toSorted());
    }
  });

  it('keep it from opening when the server refuses one', async () => {
    await expect(open(await testDatabase(), { no_such_setting: 'on' })).rejects.toThrow(
      'no_such_setting',
    );
  });
});
