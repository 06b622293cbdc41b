import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import type { Credentials } from './staff-session.js';

/** Who imports and replays: WAYBILL_STAFF_EMAIL and WAYBILL_STAFF_PASSWORD, or the demo's member of staff. */
export function staffCredentials(env: NodeJS.ProcessEnv = process.env): Credentials {
  const { email, password } = DEMO_PEOPLE.staff;
  return {
    email: env.WAYBILL_STAFF_EMAIL ?? email,
    password: env.WAYBILL_STAFF_PASSWORD ?? password,
  };
}
