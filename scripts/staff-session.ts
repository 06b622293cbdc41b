import { LogInDocument } from '@waybill/schema/generated/graphql.js';
import { Client, type ClientOptions } from './client.js';
import { Failure } from './command-line/failure.js';

export interface Credentials {
  email: string;
  password: string;
}

/** Milliseconds before its end at which a token is renewed. */
const RENEW_BEFORE_MS = 60_000;

/** A client that is logged in and stays so, however long the work takes. */
export async function openSession(
  options: Omit<ClientOptions, 'token'>,
  credentials: Credentials,
): Promise<Client> {
  let session = await logIn(options.url, credentials);
  let renewal: Promise<Session> | undefined;

  const token = async () => {
    if (session.expiresAt - Date.now() < RENEW_BEFORE_MS) {
      renewal ??= logIn(options.url, credentials).finally(() => {
        renewal = undefined;
      });
      session = await renewal;
    }
    return session.token;
  };
  return new Client({ ...options, token });
}

interface Session {
  token: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

async function logIn(url: string, credentials: Credentials): Promise<Session> {
  const client = new Client({ url });
  const { logIn } = await client
    .run(LogInDocument, { input: credentials })
    .finally(() => client.close());
  if (logIn.accessToken === null) {
    const why = logIn.userErrors.map(({ message }) => message).join(' ');
    throw new Failure(`${credentials.email} cannot log in: ${why}`);
  }
  return { token: logIn.accessToken, expiresAt: Date.parse(logIn.expiresAt ?? '') };
}
