import { createConnection } from 'node:net';
import pg from 'pg';
import { Fault } from './fault.js';
import type { SettingName } from './settings.js';

/** Milliseconds to wait for a server that may be starting beside us, as containers do. */
const PATIENCE_MS = 5000;

/** Throws a Fault naming the setting when its PostgreSQL cannot be used. */
export async function requireDatabase(setting: SettingName, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  // Whatever breaks later is told by the query.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    throw new Fault(`${setting}: ${where(url)} ${reason(error)}`);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Throws a Fault naming REDIS_URL when nobody listens there. */
export async function requireRedis(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = createConnection({ host: hostname, port: Number(port || 6379) });
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('it does not answer')));
  try {
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
  } catch (error) {
    throw new Fault(`REDIS_URL: ${where(url)} ${reason(error)}`);
  } finally {
    socket.destroy();
  }
}

/** Never with the password. */
function where(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

const MENDS: Record<string, string> = {
  ECONNREFUSED: 'refuses connections: start it or mend the address',
  ENOTFOUND: 'is no known host: mend the address',
  EAI_AGAIN: 'is no known host: mend the address',
  '28P01': 'refuses the password: mend the address',
  '28000': 'refuses the user: mend the address',
  '42501': 'lets the user not in: grant connect, or mend the address',
  '3D000': 'has no such database: create it or mend the address',
};

function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return MENDS[code ?? ''] ?? `cannot be used (${message}): start it or mend the address`;
}
