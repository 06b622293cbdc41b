import { Client } from 'pg';
import { expect, it, onTestFinished, vi } from 'vitest';
import { silentLog } from './log.js';
import { listenTo } from './notifications.js';
import { testDatabase } from './testing/database.js';

async function listening() {
  const url = await testDatabase();
  const client = new Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  const heard: string[] = [];
  const notifications = await listenTo({ url, channel: 'news', log: silentLog }, (text) =>
    heard.push(text),
  );
  onTestFinished(notifications.close);
  return { client, heard };
}

const OTHERS = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

it('hears what is committed on its channel, and nothing else', async () => {
  const { client, heard } = await listening();
  await client.query("notify other, 'x'");
  await client.query("begin; notify news, 'undone'; rollback");
  await client.query("notify news, 'good'");
  await vi.waitFor(() => expect(heard).toEqual(['good']), 5_000);
});

it('listens again after its connection broke', async () => {
  const { client, heard } = await listening();
  await client.query(OTHERS);
  await vi.waitFor(
    async () => {
      await client.query("notify news, 'again'");
      expect(heard).toContain('again');
    },
    { timeout: 10_000, interval: 100 },
  );
});

it('rejects where there is no database', async () => {
  const url = 'postgres://nobody@127.0.0.1:1/none';
  await expect(listenTo({ url, channel: 'news', log: silentLog }, () => {})).rejects.toThrow();
});
