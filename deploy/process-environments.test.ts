import { expect, it } from 'vitest';
import { environmentsOf, type ProcessName } from './process-environments.js';
import { PROCESS_SETTINGS } from './settings.js';
import { withDefaults } from './waybill.js';

const PROCESSES: ProcessName[] = ['users', 'catalog', 'orders', 'payments', 'workers', 'gateway'];

/** These have no option of their own: each process reads them from the environment that all of them inherit. */
const INHERITED = ['OTEL_EXPORTER_OTLP_ENDPOINT'];
/** How long a process goes on after SIGTERM is for balancers, which are not there on one machine. */
const LEFT_OUT = ['SHUTDOWN_GRACE_SECONDS'];

it.each(PROCESSES)('%s is given every setting that it reads', (name) => {
  const url = 'postgres://localhost/x';
  const options = withDefaults({
    databaseUrls: { users: url, catalog: url, orders: url, payments: url, queues: url },
    internalSecret: 'x'.repeat(32),
  });
  const environment = environmentsOf(options, [1, 2, 3, 4])[name];
  const read = Object.keys(PROCESS_SETTINGS[name].shape);
  expect(read.length).toBeGreaterThan(5);
  const given = [...Object.keys(environment), ...INHERITED, ...LEFT_OUT];
  expect(read.filter((setting) => !given.includes(setting))).toEqual([]);
});
