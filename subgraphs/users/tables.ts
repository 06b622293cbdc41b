import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { JWK } from 'jose';

/** The keys that sign access tokens; the private halves never leave this database and process. */
export const SigningKeyTable = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_keys',
  properties: {
    kid: p.text().primary(),
    publicJwk: p.json<JWK>(),
    privateJwk: p.json<JWK>(),
    createdAt: p.datetime().defaultRaw('now()'),
    signsFrom: p.datetime(),
  },
});

export type SigningKey = InferEntity<typeof SigningKeyTable>;
