import { request } from '@waybill/kernel/http-client.js';
import { DEMO_PEOPLE } from './seed.js';

const LOG_IN = `mutation DemoLogIn($email: String!, $password: String!) {
  logIn(input: { email: $email, password: $password }) { accessToken }
}`;

/** Logs the demo customer in as any client does; undefined when the password was changed. */
export async function demoToken(url: string): Promise<string | undefined> {
  const { email, password } = DEMO_PEOPLE.customer;
  const { data } = await request<LogInAnswer>(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: LOG_IN, variables: { email, password } }),
  });
  return data?.logIn?.accessToken ?? undefined;
}

interface LogInAnswer {
  data?: { logIn: { accessToken: string | null } | null } | null;
}
