import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRunning } from './process-table.js';
import {
  ownSettings,
  type SpawnedStart,
  spawnCommand,
  spawnNpmStart,
} from './testing/spawned-start.js';

const READY = 'until npm run reset';
const MINUTE = 60_000;

async function query(settings: SpawnedStart['settings'], token?: string) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(`http://localhost:${settings.PORT}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      query: '{ me { email } products(first: 1) { edges { node { handle } } } }',
    }),
  });
  return response.json();
}

describe.each([
  { topology: 'one process', parameters: [], processes: 2 },
  { topology: 'six processes', parameters: ['--distributed'], processes: 8 },
])(
  'npm start as $topology',
  ({ topology, parameters, processes }) => {
    let own: Awaited<ReturnType<typeof ownSettings>>;
    let started: SpawnedStart;

    beforeAll(async () => {
      own = await ownSettings();
      started = spawnCommand('start', own.settings, ...parameters);
      await started.wrote(READY);
    }, MINUTE);

    afterAll(async () => {
      started.child.kill('SIGKILL');
      await own.remove();
    });

    it('shows where everything is, and a token that works', async () => {
      const { PORT, OPS_PORT } = own.settings;
      expect(started.output()).toContain(`(${topology})`);
      expect(started.output()).toContain(`http://localhost:${PORT}/graphql`);
      expect(started.output()).toContain(`ws://localhost:${PORT}/graphql`);
      expect(started.output()).toContain('staff@waybill.example');
      const [, token] = /Bearer (\S+)/.exec(started.output()) ?? [];
      expect(await query(own.settings, token)).toEqual({
        data: {
          me: { email: 'customer@waybill.example' },
          products: { edges: [{ node: { handle: 'vase-gone' } }] },
        },
      });
      const places = [
        `${PORT}/graphiql`,
        `${PORT}/readyz`,
        `${OPS_PORT}/mail`,
        `${OPS_PORT}/queues`,
      ];
      for (const place of places) {
        const page = await fetch(`http://localhost:${place}`);
        expect(page.status, place).toBe(200);
        // Read to its end: what is still being sent holds up the stop.
        await page.arrayBuffer();
      }
    });

    it('is not started twice on one data folder', async () => {
      const second = spawnCommand('start', own.settings);
      expect(await second.ended(), second.output()).toBe(1);
      expect(second.output()).toMatch(/^Waybill already runs on .* set WAYBILL_DATA\n$/);
    });

    it('is not reset while it runs, and the doctor finds it well', async () => {
      const reset = spawnCommand('reset', own.settings, '--yes');
      expect(await reset.ended(), reset.output()).toBe(1);
      expect(reset.output()).toMatch(/^Waybill is running \(process \d+\): stop it first\n$/);
      const doctor = spawnCommand('doctor', own.settings);
      expect(await doctor.ended(), doctor.output()).toBe(0);
      expect(doctor.output()).toMatch(/Waybill +running \(process \d+\) and ready/);
    });

    it('ends within five seconds of a Ctrl-C, pressed twice, and leaves no process', async () => {
      const family = started.processes();
      expect(family.length).toBeGreaterThanOrEqual(processes);
      const began = performance.now();
      const group = -(started.child.pid ?? 0);
      process.kill(group, 'SIGINT');
      await started.wrote('Stopping');
      process.kill(group, 'SIGINT');
      expect(await started.ended(), started.output()).toBe(0);
      expect(performance.now() - began).toBeLessThan(5000);
      expect(family.filter(isRunning)).toEqual([]);
      expect(started.output().split('Stopping …')[1]?.trim()).toBe('');
    });

    it('is then reset to nothing', async () => {
      const reset = spawnCommand('reset', own.settings, '--yes');
      expect(await reset.ended(), reset.output()).toBe(0);
      expect(reset.output()).toBe(`Deleted ${own.settings.WAYBILL_DATA}\n`);
    });
  },
  MINUTE,
);

describe(
  'npm start',
  () => {
    it('names each port that is taken and its setting, and ends with 1', async () => {
      const { settings, remove } = await ownSettings();
      const occupants = [settings.PORT, settings.SMTP_PORT].map((port) =>
        createServer().listen(Number(port), '127.0.0.1'),
      );
      await Promise.all(occupants.map((occupant) => once(occupant, 'listening')));
      const started = spawnCommand('start', settings);
      expect(await started.ended(), started.output()).toBe(1);
      expect(started.output()).toBe(
        `port ${settings.PORT} is in use: stop what uses it or set PORT\n` +
          `port ${settings.SMTP_PORT} is in use: stop what uses it or set SMTP_PORT\n`,
      );
      for (const occupant of occupants) occupant.close();
      await remove();
    });

    it('names a database that cannot be reached, and ends with 1', async () => {
      const { settings, remove } = await ownSettings();
      const url = `postgres://me:hunter2@127.0.0.1:${settings.SMTP_PORT}/orders`;
      const started = spawnCommand('start', { ...settings, ORDERS_DATABASE_URL: url });
      expect(await started.ended(), started.output()).toBe(1);
      expect(started.output()).toBe(
        `ORDERS_DATABASE_URL: postgres://127.0.0.1:${settings.SMTP_PORT}/orders refuses connections: ` +
          'start it or mend the address\n',
      );
      await remove();
    });

    it('names every bad setting, and ends with 1', async () => {
      const started = spawnCommand('start', { PORT: 'x', REDIS_URL: 'localhost' });
      expect(await started.ended(), started.output()).toBe(1);
      expect(started.output().trim().split('\n')).toHaveLength(2);
    });

    it('stops as well when told so in the middle of the start', async () => {
      const { settings, remove } = await ownSettings();
      const started = spawnCommand('start', settings);
      await started.wrote('Starting PostgreSQL');
      const family = started.processes();
      started.child.kill('SIGTERM');
      expect(await started.ended(), started.output()).toBe(0);
      expect(family.filter(isRunning)).toEqual([]);
      await remove();
    });

    it.each(['SIGINT', 'SIGKILL'] as const)(
      'ends with npm, when %s reaches npm alone',
      async (signal) => {
        const { settings, remove } = await ownSettings();
        const started = spawnNpmStart(settings);
        await started.wrote(READY);
        const family = started.processes();
        expect(family.length).toBeGreaterThanOrEqual(3);
        started.child.kill(signal);
        await started.ended();
        await expect.poll(() => family.filter(isRunning), { timeout: 5000 }).toEqual([]);
        await remove();
      },
    );

    it('ends with 2 on a flag that it does not know', async () => {
      expect(await spawnCommand('start', {}, '--clustered').ended()).toBe(2);
    });
  },
  MINUTE,
);
