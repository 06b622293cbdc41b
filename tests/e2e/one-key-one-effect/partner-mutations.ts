import { randomUUID } from 'node:crypto';
import { createApiKey, createPartner, registerOperations } from '../../support/partners.js';
import type { Request, Stage } from './stage.js';

export const PARTNER_MUTATIONS: Record<string, (stage: Stage) => Promise<Request>> = {
  createPartner: async ({ admin }) => ({
    as: admin,
    input: { name: randomUUID() },
    other: { rateClass: 'HIGH' },
    wrong: { name: '' },
  }),
  updatePartner: async ({ admin }) => ({
    as: admin,
    input: { partnerId: await createPartner(admin), rateClass: 'HIGH' },
    other: { rateClass: 'STANDARD' },
    wrong: { partnerId: 'nonsense' },
  }),
  closePartner: async ({ admin }) => ({
    as: admin,
    input: { partnerId: await createPartner(admin) },
    other: { partnerId: await createPartner(admin) },
    wrong: { partnerId: 'nonsense' },
  }),
  createApiKey: async ({ admin }) => {
    const partnerId = await createPartner(admin);
    return {
      as: admin,
      input: { partnerId, name: 'shop', scopes: ['READ'] },
      other: { scopes: ['WRITE'] },
      wrong: { scopes: [] },
      effects: async () => {
        const { partner } = await admin.ask<{ partner: { apiKeys: unknown[] } }>(
          'query ($id: ID) { partner(id: $id) { apiKeys { id } } }',
          { id: partnerId },
        );
        return partner.apiKeys;
      },
    };
  },
  withdrawApiKey: async ({ admin }) => {
    const partnerId = await createPartner(admin);
    return {
      as: admin,
      input: { apiKeyId: (await createApiKey(admin, partnerId)).id },
      other: { apiKeyId: (await createApiKey(admin, partnerId)).id },
      wrong: { apiKeyId: 'nonsense' },
    };
  },
  registerOperations: async ({ admin }) => ({
    as: admin,
    input: { partnerId: await createPartner(admin), manifest: { a: textOf('A') } },
    other: { manifest: { b: textOf('B') } },
    wrong: { manifest: {} },
  }),
  approveOperations: (stage) => decision(stage),
  rejectOperations: (stage) => decision(stage),
  retireOperations: (stage) => decision(stage),
};

const textOf = (name: string) => `query ${name} { me { id } }`;

/** About one of two operations that wait for it. */
async function decision({ admin }: Stage): Promise<Request> {
  const partnerId = await createPartner(admin);
  await registerOperations(admin, partnerId, { a: textOf('A'), b: textOf('B') });
  return {
    as: admin,
    input: { partnerId, operationIds: ['a'] },
    other: { operationIds: ['b'] },
    wrong: { operationIds: ['nothing'] },
  };
}
