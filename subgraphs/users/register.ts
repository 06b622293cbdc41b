import type { Database, Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { checkNewPassword } from './accounts/new-password.js';
import { hasPassword, otherPassword } from './accounts/set-password.js';
import type { Accounts, UsersContext } from './context.js';
import { attemptsError } from './graphql/account-payload.js';
import { type UsersError, UsersErrorCode } from './graphql/errors.js';
import { noSession, SessionPayload } from './graphql/session.js';
import { USER_COLUMNS, type UserRow } from './graphql/user.js';
import { cleanEmail, cleanText } from './input.js';
import { requestMail } from './mail/account-mail.js';
import { once } from './once.js';
import { OwnAccounts } from './own-accounts.js';
import { openSession } from './sessions/open-session.js';
import { readStorefront, unknownStorefront } from './storefronts.js';
import { closedUntil, countAttempt, type Throttle } from './throttling/throttle.js';
import { registerThrottles } from './throttling/throttles.js';

@InputType({ description: 'A new account.' })
class RegisterInput {
  @Field(() => String, { description: 'Where mail goes, and the name to log in with.' })
  email: string;

  @Field(() => String, { description: 'Between 8 and 256 characters, of any kind.' })
  password: string;

  @Field(() => String, { description: 'What the user is called.' })
  name: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Where they register: it knows them, and they get mail in its name. Absent: main.',
  })
  storefrontId?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class RegisterMutation {
  @OwnAccounts()
  @Access('ANYONE')
  @Mutation(() => SessionPayload, { description: 'Opens an account for a customer and logs in.' })
  async register(
    @Arg('input', () => RegisterInput, { description: 'The new account.' }) input: RegisterInput,
    @Ctx() ctx: UsersContext,
  ): Promise<SessionPayload> {
    return register(ctx, input);
  }
}

/** Whoever registers is a customer and no more; other roles are given by an administrator. */
async function register(ctx: UsersContext, input: RegisterInput): Promise<SessionPayload> {
  const email = cleanEmail(input.email);
  const name = cleanText(input.name);
  const tooWeak = checkNewPassword(input.password, 'password');
  if (!email || !name) return noSession([...wrongFields(email, name), ...tooWeak]);
  if (tooWeak.length > 0) return noSession(tooWeak);

  const { accounts } = ctx;
  const home = await readStorefront(accounts, input.storefrontId);
  if (!home) return noSession([unknownStorefront()]);
  const throttles = registerThrottles(ctx.address);
  const closed = await closedUntil(accounts.db.query, throttles);
  if (closed) return noSession([attemptsError(closed)], closed);
  const passwordHash = await accounts.passwords.hash(input.password);
  // Keys are kept with a quick hash of the request, so the password is no part of it: it is compared by its own.
  const { idempotencyKey, storefrontId } = input;
  const request = { idempotencyKey, email, name, ...(storefrontId && { storefrontId }) };
  const asked = { mutation: 'register', input: request, nothing: { user: null } };
  let isNew = false;
  const { user, errors } = await once<Registered>(ctx, asked, (db) => {
    isNew = true;
    return openAccount(db, { email, name, passwordHash, home });
  });
  accounts.committed();
  if (!user) return refused(accounts, throttles, errors);
  if (!isNew && !(await hasPassword(accounts, user.id, input.password)))
    return noSession([otherPassword()]);
  return (
    (await openSession(ctx, user, isNew ? passwordHash : null)) ?? noSession([otherPassword()])
  );
}

/** An email that is taken tells that somebody has an account: that is counted. */
async function refused(
  { db }: Accounts,
  throttles: Throttle[],
  errors: UsersError[],
): Promise<SessionPayload> {
  const isTaken = errors.some(({ code }) => code === UsersErrorCode.EMAIL_TAKEN);
  const retryAt = isTaken && (await countAttempt(db.query, throttles));
  return retryAt ? noSession([attemptsError(retryAt)], retryAt) : noSession(errors);
}

interface Registered {
  user: UserRow | null;
  errors: UsersError[];
}

async function openAccount(db: Database, account: Account): Promise<Registered> {
  return db.transaction(async (query) => {
    const user = await insertCustomer(query, account);
    if (!user) return { user: null, errors: [emailTaken()] };
    await requestMail(query, { kind: 'VERIFY_EMAIL', userId: user.id, email: account.email });
    return { user, errors: [] };
  });
}

function wrongFields(email?: string, name?: string): UsersError[] {
  const errors: UsersError[] = [];
  if (!email) {
    errors.push(userError(UsersErrorCode.INVALID_EMAIL, 'This is no email address.', ['email']));
  }
  if (!name) errors.push(userError(UsersErrorCode.INVALID_TEXT, 'Say what to call you.', ['name']));
  return errors;
}

function emailTaken(): UsersError {
  const message = 'There is an account with this email.';
  return userError(UsersErrorCode.EMAIL_TAKEN, message, ['email']);
}

interface Account {
  email: string;
  name: string;
  passwordHash: string;
  /** Bare id of the storefront. */
  home: string;
}

/** Undefined when the email is taken, also when somebody took it at this very moment. */
async function insertCustomer(
  query: Query,
  { email, name, passwordHash, home }: Account,
): Promise<UserRow | undefined> {
  const [user] = await query<UserRow>(
    'users.insertCustomer',
    `insert into users (id, email, name, password_hash, roles, home_storefront_id)
     values ($1, $2, $3, $4, '{CUSTOMER}', $5)
     on conflict (email) do nothing
     returning ${USER_COLUMNS}`,
    [newId(), email, name, passwordHash, home],
  );
  return user;
}
