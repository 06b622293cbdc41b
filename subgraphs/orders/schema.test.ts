import { undescribed } from '@waybill/kernel/testing/descriptions.js';
import { expect, it } from 'vitest';
import { buildOrdersSchema } from './schema.js';

it('describes every type, field, argument and enum value', async () => {
  expect(undescribed(await buildOrdersSchema())).toEqual([]);
});
