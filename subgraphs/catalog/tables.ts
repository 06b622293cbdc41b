import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { VariantOption } from './variants/option.js';

/** What lists are read from. Stock is written by the statements in `stock/`, which lock rows in one order. */
export const VariantTable = defineEntity({
  name: 'StoredVariant',
  tableName: 'variants',
  properties: {
    id: p.uuid().primary(),
    productId: p.uuid(),
    sku: p.text(),
    title: p.text(),
    options: p.json().$type<VariantOption[]>(),
    active: p.boolean(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

export type StoredVariant = InferEntity<typeof VariantTable>;
