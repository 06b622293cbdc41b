import { openBooks } from '@waybill/scripts/audit/snapshots.js';
import { audit } from '@waybill/scripts/audit.js';
import { noProgress } from '@waybill/scripts/command-line/progress.js';
import { testTerminal } from '@waybill/scripts/command-line/testing.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ordersAtWork, type Placed } from '../support/orders-at-work.js';
import { type System, startSystem } from '../support/system.js';

let system: System;
let order: Placed;

beforeAll(async () => {
  system = await startSystem();
  const at = ordersAtWork(system);
  const workers = await system.startWorkers();
  order = await at.place();
  await at.reaches(order, 'CONFIRMED');
  await workers.close();
});
afterAll(() => system.close());

const databases = () => ({
  databaseUrls: system.urls,
  redisUrl: process.env.REDIS_URL,
  queuesPrefix: system.prefix,
});

async function run(
  find: () => Promise<ReturnType<typeof databases> | undefined>,
  ...args: string[]
) {
  const terminal = testTerminal(...args);
  const exitCode = await audit(terminal, noProgress, find);
  return { exitCode, stdout: terminal.stdout, stderr: terminal.stderr };
}
const auditSystem = (...args: string[]) => run(async () => databases(), ...args);

describe('npm run audit', () => {
  it('ends with 0 where everything holds, and prints a line per invariant', async () => {
    const { exitCode, stdout, stderr } = await auditSystem();
    expect([exitCode, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(13);
    for (const [i, line] of lines.slice(0, 12).entries()) {
      expect(line).toMatch(new RegExp(`^ ?${i + 1} ✓ .* \\d+ \\w+`));
    }
    expect(lines[12]).toMatch(/^Everything holds/);
  });

  it('ends with 1 where an invariant is broken, and names it with the id', async () => {
    const set = (total: number) =>
      system.sql('orders', 'update orders set total = total + $2 where id = $1', [order.id, total]);
    await set(1);
    const shown = await auditSystem('--patience', '0');
    const { exitCode, stdout } = await auditSystem('--patience', '0', '--json', '--named', '1');
    await set(-1);
    expect([shown.exitCode, exitCode]).toEqual([1, 1]);
    expect(shown.stdout).toMatch(
      new RegExp(`^10 ✗ .* 1 orders +2 violations\\n +${order.id}: its total is 2001, `, 'm'),
    );
    const report = JSON.parse(stdout);
    expect(report.clean).toBe(false);
    expect(report.rules[9]).toMatchObject({ number: 10, checked: 1, violations: 2 });
    expect(report.rules[9].named).toHaveLength(1);
    expect(report.rules[7]).toMatchObject({ number: 8, violations: 1, named: [{ id: order.id }] });
  });

  it('can write nothing', async () => {
    const books = await openBooks(system.urls);
    const writing = books.look(({ query }) => query('orders', 'delete from order_lines'));
    await expect(writing).rejects.toThrow('read-only transaction');
    await books.close();
  });

  it('ends with 3 where the system does not run, or a database cannot be reached', async () => {
    expect(await run(async () => undefined)).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'error: PostgreSQL does not run: run npm start first\n',
    });
    const away = {
      ...databases(),
      databaseUrls: { ...system.urls, payments: 'postgres://x@127.0.0.1:9/x' },
    };
    const { exitCode, stderr } = await run(async () => away);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^error: a database cannot be read \(.*\): is Waybill running\?\n$/);
  });
});
