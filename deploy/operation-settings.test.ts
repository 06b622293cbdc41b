import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGateway, type DataSource, type Gateway } from '@waybill/gateway/index.js';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphiqlSetting } from './graphiql.js';
import { operationEnvironment, operationPolicy } from './operation-settings.js';
import { PROJECT_ROOT } from './paths.js';
import { readSettings } from './settings.js';

const GATEWAY = {
  REDIS_URL: 'redis://valkey:6379',
  USERS_URL: 'http://users:4101',
  CATALOG_URL: 'http://catalog:4102',
  ORDERS_URL: 'http://orders:4103',
  PAYMENTS_URL: 'http://payments:4104',
  INTERNAL_SECRET: 'x'.repeat(32),
};

const inProject = (path: string) => join(PROJECT_ROOT, path);
const textOf = (path: string) => readFileSync(inProject(path), 'utf8');

/** The operations that documents show. */
function shown(path: string): Array<[string, string]> {
  const blocks = textOf(path).matchAll(/```graphql\n([\s\S]*?)```/g);
  const executable = [...blocks].flatMap(([, text = '']) => (/\bextend\b/.test(text) ? [] : text));
  return executable.map((text, i) => [`${path}, ${i + 1}`, text]);
}

const notAsked = () => Promise.reject(new Error('not asked here'));
const source: DataSource = {
  execute: notAsked,
  subscribe: notAsked,
  ready: notAsked,
  close: async () => {},
};

describe('the limits for operations', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    const supergraphFile = inProject('schema/supergraph.graphql');
    const settings = readSettings('start', {});
    const dataSources = { users: source, catalog: source, orders: source, payments: source };
    gateway = await createGateway({ supergraphFile, dataSources, ...operationPolicy(settings) });
  });
  afterAll(() => gateway.close());

  const operations = readdirSync(inProject('schema/operations')).filter((name) =>
    name.endsWith('.graphql'),
  );
  const registered = operations.map((name): [string, string] => [
    name,
    textOf(`schema/operations/${name}`),
  ]);
  const documented = [
    'README.md',
    ...readdirSync(inProject('docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];

  it.each([...registered, ...documented.flatMap(shown)])(
    'leave room for %s, sent as text',
    (_, text) => {
      expect(() => gateway.engine.operations.admit(text, undefined, {})).not.toThrow();
    },
  );

  it('leave room for what GraphiQL opens with and asks for', async () => {
    const execute = async () => ({ data: null });
    for (const demo of [true, false]) {
      const setting = graphiqlSetting(execute, demo);
      const { defaultQuery = '' } = typeof setting === 'function' ? await setting() : setting;
      expect(defaultQuery).toContain('query Shop');
      expect(() => gateway.engine.operations.admit(defaultQuery, 'Shop', {})).not.toThrow();
    }
    gateway.engine.operations.adHoc(getIntrospectionQuery(), undefined);
  });
});

describe('the settings for operations', () => {
  it('hide the schema of a process of its own, and show that of npm start', () => {
    expect(readSettings('gateway', GATEWAY).INTROSPECTION).toBe(false);
    expect(readSettings('start', {}).INTROSPECTION).toBe(true);
  });

  it('are the same for a process of its own', () => {
    const given = {
      ...GATEWAY,
      INTROSPECTION: 'true',
      OPERATION_MAX_COST: '500',
      OPERATION_MAX_DEPTH: '3',
    };
    const policy = operationPolicy(readSettings('gateway', given));
    expect(policy).toMatchObject({
      introspection: true,
      limits: { maxCost: 500, maxDepth: 3, maxAliases: 50 },
    });
    const again = readSettings('gateway', { ...GATEWAY, ...operationEnvironment(policy) });
    expect(operationPolicy(again)).toEqual(policy);
    const unsaid = operationEnvironment({ introspection: false, limits: {} });
    expect(readSettings('gateway', { ...GATEWAY, ...unsaid }).OPERATION_MAX_ALIASES).toBe(50);
  });

  it('must be whole numbers', () => {
    expect(() => readSettings('gateway', { ...GATEWAY, OPERATION_MAX_COST: '-1' })).toThrow(
      /OPERATION_MAX_COST is "-1": give a whole number/,
    );
  });
});
