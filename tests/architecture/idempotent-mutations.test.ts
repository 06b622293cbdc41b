import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WITHOUT_KEY } from '@waybill/scripts/check/schema-rules.js';
import { repositoryRoot } from '@waybill/scripts/check/source-files.js';
import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { MUTATIONS } from '../e2e/one-key-one-effect/mutations.js';

it('every mutation that takes an idempotency key is asked for twice in tests/e2e/one-key-one-effect', () => {
  const schema = buildSchema(readFileSync(join(repositoryRoot(), 'schema/api.graphql'), 'utf8'));
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
  expect(Object.keys(MUTATIONS).toSorted()).toEqual(
    mutations.filter((name) => !WITHOUT_KEY.has(name)).toSorted(),
  );
});
