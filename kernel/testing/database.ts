import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database that others are copied from, so that migrations run once for all of them. */
export interface ModelDatabase {
  /** Tells models apart, in all processes of a test run. */
  name: string;
  /** Fills the model. Nobody may be connected to it afterwards. */
  fill(url: string): Promise<void>;
}

/** A fresh database of this test's own, empty or a copy of a model; its connection URL. */
export async function testDatabase(model?: ModelDatabase): Promise<string> {
  if (model) await makeOnce(model);
  return create(`test_${randomBytes(8).toString('hex')}`, model && modelName(model));
}

async function create(name: string, template = 'template1'): Promise<string> {
  await withAdmin((admin) =>
    admin.query(`create database ${name} template ${template} strategy file_copy`),
  );
  return `${server()}/${name}`;
}

const modelName = ({ name }: ModelDatabase) => `model_${name}`;
const made = new Map<string, Promise<void>>();

/** Once in all processes that run tests: whoever comes meanwhile waits. */
function makeOnce(model: ModelDatabase): Promise<void> {
  const known = made.get(model.name) ?? make(model);
  made.set(model.name, known);
  return known;
}

async function make(model: ModelDatabase): Promise<void> {
  const name = modelName(model);
  await withAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rows } = await admin.query('select from pg_database where datname = $1', [name]);
    if (rows.length > 0) return;
    // Under another name until it is whole.
    const url = await create(`${name}_in_the_making`);
    await model.fill(url);
    await admin.query(`alter database ${name}_in_the_making rename to ${name}`);
  });
}

/** What `work` has locked is free again when it is done. */
async function withAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client(`${server()}/postgres`);
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function server(): string {
  const url = process.env.WAYBILL_TEST_POSTGRES_URL;
  if (!url) throw new Error('WAYBILL_TEST_POSTGRES_URL is not set: run the tests through vitest');
  return url;
}
