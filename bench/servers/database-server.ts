import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseUrls } from '@waybill/deploy/databases.js';
import { startEmbeddedPostgres } from '@waybill/deploy/embedded-postgres.js';
import { DATABASES, keptSecrets } from '@waybill/deploy/secrets.js';
import pg from 'pg';

/** A PostgreSQL of our own, with databases that serve as models for those of each run. */
export interface DatabaseServer {
  /** Of the postmaster. */
  pid: number;
  models: DatabaseUrls;
  /**
   * Fresh copies of all models, and a checkpoint, so that each measurement begins alike. Nobody may be connected to a
   * model meanwhile.
   */
  copies(run: string): Promise<DatabaseUrls>;
  drop(copies: DatabaseUrls): Promise<void>;
  /** An empty database for somebody else's system, of which it may do anything. */
  create(name: string): Promise<string>;
  /** Where a database is that was made so. */
  addressOf(name: string): string;
  stop(): Promise<void>;
}

export async function startDatabaseServer(folder: string): Promise<DatabaseServer> {
  const secrets = await keptSecrets(folder);
  const server = await startEmbeddedPostgres({ dataDirectory: folder, port: 0, secrets });
  const address = `postgres://postgres:${secrets.postgresPassword}@127.0.0.1:${server.port}`;
  const admin = new pg.Client({ connectionString: `${address}/postgres` });
  // The end of the server is told to whoever asks it something.
  admin.on('error', () => {});
  await admin.connect();
  return {
    pid: Number(
      (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0],
    ),
    models: server.databaseUrls,
    copies: (run) => copyAll(admin, server.databaseUrls, run),
    drop: async (copies) => {
      for (const url of Object.values(copies)) {
        await admin.query(`drop database if exists ${databaseOf(url)} with (force)`);
      }
    },
    create: async (name) => {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.query(`create database ${name}`);
      return `${address}/${name}`;
    },
    addressOf: (name) => `${address}/${name}`,
    stop: async () => {
      await admin.end().catch(() => {});
      await server.stop();
    },
  };
}

async function copyAll(admin: pg.Client, models: DatabaseUrls, run: string) {
  const urls: Partial<DatabaseUrls> = {};
  for (const name of DATABASES) {
    const model = new URL(models[name]);
    const copy = `${run}_${name}`;
    await admin.query(
      `create database ${copy} template ${databaseOf(models[name])} owner ${model.username}`,
    );
    urls[name] = Object.assign(model, { pathname: copy }).href;
  }
  await admin.query('checkpoint');
  return urls as DatabaseUrls;
}

export function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
