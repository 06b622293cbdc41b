import type { Database } from '@waybill/kernel/database.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { KEY_CONFLICT } from '@waybill/kernel/idempotency.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import type { Accounts, UsersContext } from './context.js';
import { type UsersError, UsersErrorCode } from './graphql/errors.js';
import { noSession, SessionPayload } from './graphql/session.js';
import { USER_COLUMNS, type UserRow } from './graphql/user.js';
import { cleanEmail, cleanText } from './input.js';
import { once } from './once.js';
import { OwnAccounts } from './own-accounts.js';
import { openSession } from './sessions/open-session.js';

/** NIST SP 800-63B: no fewer than 8 characters, and no rule about which. */
const MIN_PASSWORD = 8;
const MAX_PASSWORD = 256;

@InputType({ description: 'A new account.' })
class RegisterInput {
  @Field(() => String, { description: 'Where mail goes, and the name to log in with.' })
  email: string;

  @Field(() => String, { description: 'Between 8 and 256 characters, of any kind.' })
  password: string;

  @Field(() => String, { description: 'What the user is called.' })
  name: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class RegisterMutation {
  @OwnAccounts()
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
  if (!email || !name) return noSession([...wrongFields(email, name), ...wrongPassword(input)]);
  const tooWeak = wrongPassword(input);
  if (tooWeak.length > 0) return noSession(tooWeak);

  const { accounts } = ctx;
  const passwordHash = await accounts.passwords.hash(input.password);
  // Keys are kept with a quick hash of the request, so the password is no part of it: it is compared by its own.
  const request = { idempotencyKey: input.idempotencyKey, email, name };
  const asked = { mutation: 'register', input: request, nothing: { user: null } };
  let isNew = false;
  const { user, errors } = await once<Registered>(ctx, asked, (db) => {
    isNew = true;
    return openAccount(db, { email, name, passwordHash });
  });
  if (!user) return noSession(errors);
  if (!isNew && !(await hasPassword(accounts, user, input))) return noSession([otherPassword()]);
  return openSession(ctx, user);
}

interface Registered {
  user: UserRow | null;
  errors: UsersError[];
}

async function openAccount(db: Database, account: Account): Promise<Registered> {
  const user = await insertCustomer(db, account);
  return user ? { user, errors: [] } : { user: null, errors: [emailTaken()] };
}

async function hasPassword(
  { db, passwords }: Accounts,
  { id }: UserRow,
  { password }: RegisterInput,
): Promise<boolean> {
  const [stored] = await db.query<{ hash: string | null }>(
    'users.passwordHash',
    'select password_hash as hash from users where id = $1',
    [id],
  );
  return passwords.verify(stored?.hash, password);
}

function otherPassword(): UsersError {
  return userError(UsersErrorCode.IDEMPOTENCY_CONFLICT, KEY_CONFLICT, ['idempotencyKey']);
}

function wrongFields(email?: string, name?: string): UsersError[] {
  const errors: UsersError[] = [];
  if (!email) {
    errors.push(userError(UsersErrorCode.INVALID_EMAIL, 'This is no email address.', ['email']));
  }
  if (!name) errors.push(userError(UsersErrorCode.INVALID_TEXT, 'Say what to call you.', ['name']));
  return errors;
}

function wrongPassword({ password }: RegisterInput): UsersError[] {
  // As people count characters: an emoji is one.
  const length = [...password].length;
  if (length < MIN_PASSWORD) {
    const message = `The password must have at least ${MIN_PASSWORD} characters.`;
    return [userError(UsersErrorCode.PASSWORD_TOO_SHORT, message, ['password'])];
  }
  if (length > MAX_PASSWORD) {
    const message = `The password may have ${MAX_PASSWORD} characters at the most.`;
    return [userError(UsersErrorCode.PASSWORD_TOO_LONG, message, ['password'])];
  }
  return [];
}

function emailTaken(): UsersError {
  const message = 'There is an account with this email.';
  return userError(UsersErrorCode.EMAIL_TAKEN, message, ['email']);
}

interface Account {
  email: string;
  name: string;
  passwordHash: string;
}

/** Undefined when the email is taken, also when somebody took it at this very moment. */
async function insertCustomer(
  { query }: Database,
  { email, name, passwordHash }: Account,
): Promise<UserRow | undefined> {
  const [user] = await query<UserRow>(
    'users.insertCustomer',
    `insert into users (id, email, name, password_hash, roles)
     values ($1, $2, $3, $4, '{CUSTOMER}')
     on conflict (email) do nothing
     returning ${USER_COLUMNS}`,
    [newId(), email, name, passwordHash],
  );
  return user;
}
