import pg from 'pg';
import { DATABASES, type DatabaseName, type Secrets } from './secrets.js';

/** Makes the roles and databases that are missing; answers where each database is. */
export async function prepareDatabases(
  port: number,
  secrets: Secrets,
  onStep: (step: string) => void,
): Promise<Record<DatabaseName, string>> {
  const admin = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: secrets.postgresPassword,
    database: 'postgres',
  });
  await admin.connect();
  try {
    const closed = await closedDatabases(admin);
    const missing = DATABASES.filter((name) => !closed.has(named(name)));
    if (missing.length > 0) onStep('creating databases and roles');
    for (const name of missing) await createDatabase(admin, name, secrets.databasePasswords[name]);
    if (!closed.has('postgres')) await closeToPublic(admin, 'postgres');
  } finally {
    await admin.end();
  }
  return embeddedUrls(port, secrets);
}

/** Where each database of the embedded PostgreSQL is. */
export function embeddedUrls(port: number, secrets: Secrets): Record<DatabaseName, string> {
  const url = (name: DatabaseName) =>
    `postgres://${named(name)}:${secrets.databasePasswords[name]}@127.0.0.1:${port}/${named(name)}`;
  return Object.fromEntries(DATABASES.map((name) => [name, url(name)])) as never;
}

/** Database and role of a subgraph share a name. */
const named = (name: DatabaseName) => `waybill_${name}`;

/** Databases whose access list was set, the last step of making one. */
async function closedDatabases(admin: pg.Client): Promise<Set<string>> {
  const text = 'select datname from pg_database where datacl is not null';
  const { rows } = await admin.query<{ datname: string }>(text);
  return new Set(rows.map((row) => row.datname));
}

/** The role owns its database and may enter no other. What an interrupted start left behind is used again. */
async function createDatabase(admin: pg.Client, database: DatabaseName, password: string) {
  const name = named(database);
  const has = async (text: string) => ((await admin.query(text, [name])).rowCount ?? 0) > 0;
  const verb = (await has('select from pg_roles where rolname = $1')) ? 'alter' : 'create';
  await admin.query(`${verb} role ${name} login password ${admin.escapeLiteral(password)}`);
  if (!(await has('select from pg_database where datname = $1'))) {
    await admin.query(`create database ${name} owner ${name}`);
  }
  await closeToPublic(admin, name);
}

async function closeToPublic(admin: pg.Client, database: string) {
  await admin.query(`revoke connect, temporary on database ${database} from public`);
}
