import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A fresh, empty database of this test's own; its connection URL. */
export async function testDatabase(): Promise<string> {
  const server = process.env.WAYBILL_TEST_POSTGRES_URL;
  if (!server)
    throw new Error('WAYBILL_TEST_POSTGRES_URL is not set: run the tests through vitest');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const admin = new pg.Client(`${server}/postgres`);
  await admin.connect();
  try {
    await admin.query(`create database ${name}`);
  } finally {
    await admin.end();
  }
  return `${server}/${name}`;
}
