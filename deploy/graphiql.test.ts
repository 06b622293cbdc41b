import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, Kind, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { graphiqlSetting } from './graphiql.js';
import { PROJECT_ROOT } from './paths.js';

const api = buildSchema(readFileSync(join(PROJECT_ROOT, 'schema', 'api.graphql'), 'utf8'));

async function opened(demo: boolean) {
  const execute = async () => ({ data: { logIn: { accessToken: 'fresh' } } });
  const setting = graphiqlSetting(execute, demo);
  return typeof setting === 'function' ? setting() : setting;
}

describe.each([true, false])('GraphiQL with demo data: %s', (demo) => {
  it('opens with named operations that the graph can run', async () => {
    const document = parse((await opened(demo)).defaultQuery ?? '');
    expect(validate(api, document)).toEqual([]);
    for (const definition of document.definitions) {
      expect(definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value).toBeTruthy();
    }
  });

  it(`carries ${demo ? 'a fresh token' : 'no token'}`, async () => {
    const { headers } = await opened(demo);
    expect(headers?.Authorization).toBe(demo ? 'Bearer fresh' : undefined);
  });
});
