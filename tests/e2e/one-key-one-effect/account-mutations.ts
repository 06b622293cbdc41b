import { randomUUID } from 'node:crypto';
import type { Client } from '../../support/client.js';
import { codeSent } from '../../support/codes.js';
import { CUSTOMER_PASSWORD, type Customer, logIn } from '../../support/shop.js';
import type { Request, Stage } from './stage.js';

const NEW = 'another horse battery';

export const ACCOUNT_MUTATIONS: Record<string, (stage: Stage) => Promise<Request>> = {
  verifyEmail: async ({ shop }) => {
    const token = await codeSent(shop, await shop.customer(), 'Confirm your email');
    return {
      as: shop.nobody,
      input: { token },
      other: { token: 'another' },
      wrong: { token: 'nonsense' },
    };
  },
  requestEmailVerification: async ({ shop }) => ({
    as: await shop.customer(),
    input: {},
    other: undefined,
    wrong: undefined,
  }),
  requestPasswordReset: async ({ shop }) => ({
    as: shop.nobody,
    input: { email: (await shop.customer()).email },
    other: { email: `${randomUUID()}@example.com` },
    wrong: { email: 'nonsense' },
  }),
  resetPassword: async ({ shop }) => {
    const ada = await shop.customer();
    await requestReset(shop.nobody, ada);
    return {
      as: shop.nobody,
      input: { token: await codeSent(shop, ada, 'Set a new password'), newPassword: NEW },
      other: { newPassword: 'a third horse' },
      wrong: { newPassword: 'short' },
    };
  },
  changePassword: async ({ shop }) => ({
    as: await shop.customer(),
    input: { currentPassword: CUSTOMER_PASSWORD, newPassword: NEW },
    other: { newPassword: 'a third horse' },
    wrong: { newPassword: 'short' },
  }),
  changeEmail: async ({ shop }) => ({
    as: await shop.customer(),
    input: { newEmail: `${randomUUID()}@example.com`, password: CUSTOMER_PASSWORD },
    other: { newEmail: `${randomUUID()}@example.com` },
    wrong: { newEmail: 'nonsense' },
  }),
  updateProfile: async ({ shop }) => ({
    as: await shop.customer(),
    input: { name: 'Ada', unwantedMail: ['PLACED'] },
    other: { unwantedMail: [] },
    wrong: { name: '' },
  }),
  revokeSession: async ({ shop }) => {
    const ada = await shop.customer();
    const credentials = { email: ada.email, password: CUSTOMER_PASSWORD };
    await logIn(shop.nobody, credentials);
    await logIn(shop.nobody, credentials);
    const [id, otherId] = await otherSessions(ada);
    return { as: ada, input: { id }, other: { id: otherId }, wrong: { id: 'nonsense' } };
  },
};

async function requestReset(nobody: Client, { email }: Customer): Promise<void> {
  await nobody.ask(
    'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { done } }',
    { input: { email } },
  );
}

async function otherSessions(person: Client): Promise<string[]> {
  const { sessions } = await person.ask<{ sessions: Array<{ id: string; current: boolean }> }>(
    '{ sessions { id current } }',
  );
  return sessions.filter(({ current }) => !current).map(({ id }) => id);
}
