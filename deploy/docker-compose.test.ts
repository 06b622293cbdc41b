import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PROJECT_ROOT } from './paths.js';
import { PROCESS_SETTINGS, type ProcessKind, readSettings } from './settings.js';

interface Service {
  build?: string;
  image: string;
  command?: string[];
  environment?: Record<string, string | number>;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  healthcheck?: { test: string[] };
}

const read = (path: string) => readFileSync(join(PROJECT_ROOT, path), 'utf8');
const compose: { services: Record<string, Service>; volumes: Record<string, null> } = parse(
  read('docker-compose.yml'),
  { merge: true },
);
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);

/** `${NAME:-default}` as compose fills it in where nothing is set. */
const filledIn = (value: string | number) => String(value).replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1');

function environmentOf({ environment = {} }: Service): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).map(([k, v]) => [k, filledIn(v)]));
}

describe('docker-compose.yml', () => {
  it('runs PostgreSQL, Valkey, a mail catcher, the gateway, four subgraphs and the workers', () => {
    expect(Object.keys(compose.services).toSorted()).toEqual([
      'catalog',
      'gateway',
      'mail',
      'orders',
      'payments',
      'postgres',
      'users',
      'valkey',
      'workers',
    ]);
  });

  it.each(services)('watches over the health of %s', (_name, { healthcheck }) => {
    expect(healthcheck?.test).toBeInstanceOf(Array);
  });

  it.each(services)('lets %s wait for services that there are', (_name, { depends_on = {} }) => {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      expect(Object.keys(compose.services)).toContain(name);
      expect(condition).toBe('service_healthy');
    }
  });

  it.each(services)('keeps the data of %s in volumes that there are', (_name, { volumes = [] }) => {
    for (const source of volumes.map((volume) => volume.split(':')[0] ?? '')) {
      if (source.startsWith('.')) expect(existsSync(join(PROJECT_ROOT, source))).toBe(true);
      else expect(compose.volumes).toHaveProperty(source);
    }
  });

  it.each(ours)('gives %s settings that it knows and that are all it needs', (name, service) => {
    const kind = name as ProcessKind;
    const environment = environmentOf(service);
    const unknown = Object.keys(environment).filter(
      (key) => !(key in PROCESS_SETTINGS[kind].shape),
    );
    expect(unknown).toEqual([]);
    expect(() => readSettings(kind, environment)).not.toThrow();
  });

  it.each(ours)('starts %s from a file that there is', (_name, { command = [], healthcheck }) => {
    const [node, entry = ''] = command;
    expect(node).toBe('node');
    expect(existsSync(join(PROJECT_ROOT, entry.replace('/dist/', '/').replace(/js$/, 'ts')))).toBe(
      true,
    );
    expect(existsSync(join(PROJECT_ROOT, healthcheck?.test[2] ?? ''))).toBe(true);
  });

  it.each(ours)('looks for %s where it listens', (_name, service) => {
    const { PORT, OPS_PORT } = environmentOf(service);
    expect(service.healthcheck?.test.at(-1)).toContain(`127.0.0.1:${PORT ?? OPS_PORT}/`);
  });

  it('names addresses at which the services listen', () => {
    for (const [, service] of ours) {
      for (const [key, value] of Object.entries(environmentOf(service))) {
        if (!/^(USERS|CATALOG|ORDERS|PAYMENTS)_URL$/.test(key)) continue;
        const { hostname, port } = new URL(value);
        expect(environmentOf(compose.services[hostname] as Service).PORT).toBe(port);
      }
    }
  });
});

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile');

  it('copies the package.json of every workspace before it installs', () => {
    const { packages } = JSON.parse(read('package-lock.json'));
    const workspaces = Object.keys(packages).filter(
      (path) => path && !path.includes('node_modules'),
    );
    for (const path of workspaces)
      expect(dockerfile).toContain(`COPY ${path}/package.json ${path}/`);
  });

  it('does not run as root', () => {
    expect(dockerfile.slice(dockerfile.lastIndexOf('FROM'))).toMatch(/^USER node$/m);
  });
});
