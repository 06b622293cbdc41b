import { LogInDocument, RefreshSessionDocument } from '@waybill/schema/generated/graphql.js';
import { Client, type ClientOptions } from './client.js';
import { Failure } from './command-line/failure.js';

export interface Credentials {
  email: string;
  password: string;
}

/** A token is renewed when this part of its life is over. */
const RENEW_AFTER = 0.75;

/** A client that is logged in and stays so, however long the work takes. */
export async function openSession(
  options: Omit<ClientOptions, 'token'>,
  credentials: Credentials,
): Promise<Client> {
  let session = await logIn(options.url, credentials);
  let renewal: Promise<Session> | undefined;

  const token = async () => {
    if (Date.now() >= session.renewAt) {
      renewal ??= renew(options.url, session, credentials).finally(() => {
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
  refreshToken: string;
  /** Milliseconds since 1970. */
  renewAt: number;
}

async function logIn(url: string, credentials: Credentials): Promise<Session> {
  const client = new Client({ url });
  const { logIn } = await client
    .run(LogInDocument, { input: credentials })
    .finally(() => client.close());
  const session = sessionIn(logIn);
  if (session) return session;
  const why = logIn.userErrors.map(({ message }) => message).join(' ');
  throw new Failure(`${credentials.email} cannot log in: ${why}`);
}

/** Goes on with the session; logs in once more where somebody has ended it. */
async function renew(
  url: string,
  { refreshToken }: Session,
  credentials: Credentials,
): Promise<Session> {
  const client = new Client({ url });
  const { refreshSession } = await client
    .run(RefreshSessionDocument, { input: { refreshToken } })
    .finally(() => client.close());
  return sessionIn(refreshSession) ?? logIn(url, credentials);
}

function sessionIn(answer: {
  accessToken: string | null;
  refreshToken: string | null;
  expiresAt: string | null;
}): Session | undefined {
  const { accessToken, refreshToken, expiresAt } = answer;
  if (accessToken === null || refreshToken === null || expiresAt === null) return undefined;
  const now = Date.now();
  const renewAt = now + RENEW_AFTER * (Date.parse(expiresAt) - now);
  return { token: accessToken, refreshToken, renewAt };
}
