import { undescribed } from '@waybill/kernel/testing/descriptions.js';
import { printSchema } from 'graphql';
import { expect, it } from 'vitest';
import { buildUsersSchema } from './schema.js';

it('describes every type, field, argument and enum value', async () => {
  const schema = await buildUsersSchema();
  if (process.env.PRINT_SDL) process.stdout.write(printSchema(schema));
  expect(undescribed(schema)).toEqual([]);
});
