import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Role } from '@waybill/kernel/identity.js';
import type { JWK } from 'jose';

/** Somebody with an account, or a customer imported from elsewhere, who has neither email nor password. */
export const UserTable = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.uuid().primary(),
    /** Always lower case, so that one mailbox is one account. */
    email: p.text().nullable(),
    name: p.text(),
    passwordHash: p.text().nullable(),
    roles: p.array<Role>((text) => text as Role),
    /** The key of an imported customer in the system it came from. */
    externalId: p.text().nullable(),
    country: p.text().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});

export const AddressTable = defineEntity({
  name: 'Address',
  tableName: 'addresses',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    name: p.text(),
    line1: p.text(),
    line2: p.text().nullable(),
    city: p.text(),
    region: p.text().nullable(),
    postalCode: p.text(),
    country: p.text(),
  },
});

/** The keys that sign access tokens; the private halves never leave this database and process. */
export const SigningKeyTable = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_keys',
  properties: {
    kid: p.text().primary(),
    publicJwk: p.json<JWK>(),
    privateJwk: p.json<JWK>(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});

export type SigningKey = InferEntity<typeof SigningKeyTable>;
