import type { Client } from '../../support/client.js';
import { CUSTOMER_PASSWORD, logIn } from '../../support/shop.js';
import type { Request, Stage } from './stage.js';

export const ACCOUNT_MUTATIONS: Record<string, (stage: Stage) => Promise<Request>> = {
  revokeSession: async ({ shop }) => {
    const ada = await shop.customer();
    const credentials = { email: ada.email, password: CUSTOMER_PASSWORD };
    await logIn(shop.nobody, credentials);
    await logIn(shop.nobody, credentials);
    const [id, otherId] = await otherSessions(ada);
    return { as: ada, input: { id }, other: { id: otherId }, wrong: { id: 'nonsense' } };
  },
};

async function otherSessions(person: Client): Promise<string[]> {
  const { sessions } = await person.ask<{ sessions: Array<{ id: string; current: boolean }> }>(
    '{ sessions { id current } }',
  );
  return sessions.filter(({ current }) => !current).map(({ id }) => id);
}
