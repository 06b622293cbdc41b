import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** What lists are read from. Stock is written by the statements in `stock/`, which lock rows in one order. */
export const ProductTable = defineEntity({
  name: 'StoredProduct',
  tableName: 'variants',
  properties: {
    id: p.uuid().primary(),
    sku: p.text(),
    title: p.text(),
    category: p.text().nullable(),
    priceMinor: p.bigint('number'),
    currency: p.string(),
    active: p.boolean(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

export type StoredProduct = InferEntity<typeof ProductTable>;
