import 'reflect-metadata';
import type { BatchHandler } from '@waybill/kernel/batch.js';
import { openDatabase } from '@waybill/kernel/database.js';
import { forgetKeys } from '@waybill/kernel/idempotency.js';
import type { Live } from '@waybill/kernel/live.js';
import type { Log } from '@waybill/kernel/log.js';
import type { Notifications } from '@waybill/kernel/notifications.js';
import { outboxRelay } from '@waybill/kernel/outbox.js';
import type { Subgraph } from '@waybill/kernel/subgraph.js';
import type { RecordedAccessChange } from '@waybill/schema/access.js';
import type { Commands, StoredEvent } from '@waybill/schema/commands.js';
import type { JSONWebKeySet } from 'jose';
import { forgetAccessChanges, readAccessChanges } from './access/read-access-changes.js';
import { tellAccessChanges } from './access/tell-access-changes.js';
import { findErasures, settleErasure } from './accounts/erasures.js';
import { admitPeople } from './admit-person.js';
import { type Accounts, type UsersNeeds, usersContext } from './context.js';
import { findCustomers } from './find-customer.js';
import { knowCustomers } from './know-customer.js';
import { claimMail, giveBackMail, settleMail } from './mail/claim-mail.js';
import { findUnsentMail } from './mail/find-unsent-mail.js';
import { AccessChanges } from './migrations/20261121-access-changes.js';
import { AccountMail } from './migrations/20261121-account-mail.js';
import { AuditLog } from './migrations/20261121-audit-log.js';
import { ClosedPartners } from './migrations/20261121-closed-partners.js';
import { CustomersOfStorefronts } from './migrations/20261121-customers-of-storefronts.js';
import { Erasures } from './migrations/20261121-erasures.js';
import { ExternalIssuer } from './migrations/20261121-external-issuer.js';
import { IdempotencyKeys } from './migrations/20261121-idempotency-keys.js';
import { KeysForPrices } from './migrations/20261121-keys-for-prices.js';
import { Partners } from './migrations/20261121-partners.js';
import { RegisteredOperations } from './migrations/20261121-registered-operations.js';
import { Sessions } from './migrations/20261121-sessions.js';
import { StorefrontWebhooks } from './migrations/20261121-storefront-webhooks.js';
import { StorefrontsOfAccounts } from './migrations/20261121-storefronts.js';
import { Throttles } from './migrations/20261121-throttles.js';
import { Webhooks } from './migrations/20261121-webhooks.js';
import { CreateUsers } from './migrations/create-users.js';
import { approvedOperations } from './operations/approved-operations.js';
import { NO_CHECKER, type OperationChecker } from './operations/check-operations.js';
import { countUses } from './operations/count-uses.js';
import { findApiKeys } from './partners/find-api-key.js';
import { recordKeyUses } from './partners/record-key-use.js';
import { createPasswords } from './passwords.js';
import { buildUsersSchema } from './schema.js';
import { type Person, type SeededPerson, seedPeople } from './seed-people.js';
import { forgetExpired } from './sessions/forget-expired.js';
import { openSigningKeys } from './sessions/signing-keys.js';
import { SigningKeyTable } from './tables.js';
import { accessTokens } from './tokens.js';
import { findDeliveries, findPendingDeliveries, recordDeliveries } from './webhooks/deliveries.js';
import { queueDeliveries } from './webhooks/queue-deliveries.js';

export type { CheckedOperation, OperationChecker } from './operations/check-operations.js';
export type { Person, SeededPerson } from './seed-people.js';

const TOKEN_TTL_SECONDS = 15 * 60;
const SESSION_TTL_SECONDS = 30 * 24 * 60 * 60;
const SESSION_MAX_SECONDS = 90 * 24 * 60 * 60;
const KEY_TTL_SECONDS = 30 * 24 * 60 * 60;

const PARTNER_MAX_COST = 1_000;

export interface UsersOptions {
  databaseUrl: string;
  /** What is asked of the other contexts. */
  commands: UsersNeeds;
  /** By which gateways hear of changes of access at once. */
  accessLive: Pick<Live<RecordedAccessChange>, 'publish'>;
  /** Hands committed events to the queues, at least once. */
  publish(events: StoredEvent[]): Promise<void>;
  /** Who holds operations of partners against the whole schema; without it none can be registered. */
  checker?: OperationChecker | undefined;
  /** Units that one operation of a partner of the rate class STANDARD may cost; default 1,000. */
  partnerMaxCost?: number | undefined;
  log: Log;
  /** Whether an OpenID Connect issuer keeps passwords, sessions and roles; default false. */
  accountsKeptElsewhere?: boolean | undefined;
  /** Seconds for which an access token is accepted; default 15 minutes. */
  tokenTtlSeconds?: number | undefined;
  /** Seconds after which a session ends that is not refreshed; default 30 days. */
  sessionTtlSeconds?: number | undefined;
  /** Seconds after which a session ends however often it is refreshed; default 90 days. */
  sessionMaxSeconds?: number | undefined;
  /** Seconds for which a key signs tokens before the next one takes over; default 30 days. */
  keyTtlSeconds?: number | undefined;
}

export interface UsersSubgraph extends Subgraph<Commands['users']> {
  /** The public keys of the access tokens (RFC 7517). */
  jwks(): Promise<JSONWebKeySet>;
  /** Gives these people accounts unless they have one; see seed-people.ts. */
  seedPeople(people: Person[]): Promise<SeededPerson[]>;
}

/** The bounded context of people: who they are, how they log in, what they may do. */
export async function createUsersSubgraph(options: UsersOptions): Promise<UsersSubgraph> {
  const db = await openDatabase({
    url: options.databaseUrl,
    entities: [SigningKeyTable],
    migrations: [
      { name: 'create-users', class: CreateUsers },
      { name: '20261121-idempotency-keys', class: IdempotencyKeys },
      { name: '20261121-access-changes', class: AccessChanges },
      { name: '20261121-audit-log', class: AuditLog },
      { name: '20261121-sessions', class: Sessions },
      { name: '20261121-throttles', class: Throttles },
      { name: '20261121-partners', class: Partners },
      { name: '20261121-registered-operations', class: RegisteredOperations },
      { name: '20261121-external-issuer', class: ExternalIssuer },
      { name: '20261121-account-mail', class: AccountMail },
      { name: '20261121-erasures', class: Erasures },
      { name: '20261121-webhooks', class: Webhooks },
      { name: '20261121-storefronts', class: StorefrontsOfAccounts },
      { name: '20261121-closed-partners', class: ClosedPartners },
      { name: '20261121-customers-of-storefronts', class: CustomersOfStorefronts },
      { name: '20261121-keys-for-prices', class: KeysForPrices },
      { name: '20261121-storefront-webhooks', class: StorefrontWebhooks },
    ],
  });
  const { tokenTtlSeconds = TOKEN_TTL_SECONDS, keyTtlSeconds = KEY_TTL_SECONDS } = options;
  const { partnerMaxCost = PARTNER_MAX_COST } = options;
  const keys = await openSigningKeys(db, { keyTtlSeconds, tokenTtlSeconds });
  let telling: Notifications | undefined;
  const outbox = outboxRelay(db, options.publish, options.log);
  const accounts: Accounts = {
    db,
    commands: options.commands,
    checker: options.checker ?? NO_CHECKER,
    partnerMaxCost,
    tokens: accessTokens(keys, tokenTtlSeconds),
    passwords: await createPasswords(),
    keptElsewhere: options.accountsKeptElsewhere ?? false,
    committed: outbox.wake,
    sessionTtlSeconds: options.sessionTtlSeconds ?? SESSION_TTL_SECONDS,
    sessionMaxSeconds: options.sessionMaxSeconds ?? SESSION_MAX_SECONDS,
  };
  return {
    name: 'users',
    schema: await buildUsersSchema(),
    contextFor: (identity, requestId, address) =>
      usersContext(accounts, identity, requestId, address),
    commands: {
      findCustomer: findCustomers(db.query),
      knowCustomer: knowCustomers(db.query),
      admitPerson: admitPeople(db),
      forgetKeys: forgetKeys(db),
      forgetExpired: forgetExpired(db.query),
      claimMail: each((input) => claimMail(db, input)),
      settleMail: each((input) => settleMail(db, input)),
      giveBackMail: each((input) => giveBackMail(db, input)),
      findErasures: each((input) => findErasures(db, input)),
      settleErasure: each((input) => settleErasure(db, input)),
      findUnsentMail: each((input) => findUnsentMail(db, input)),
      findApiKey: findApiKeys(db.query),
      recordKeyUse: recordKeyUses(db),
      readAccessChanges: readAccessChanges(db.query),
      forgetAccessChanges: forgetAccessChanges(db.query, tokenTtlSeconds),
      approvedOperations: approvedOperations(db.query, partnerMaxCost),
      countUses: countUses(db.query),
      queueDeliveries: queueDeliveries(db.query),
      findDelivery: findDeliveries(db.query),
      recordDelivery: recordDeliveries(db.query),
      findPendingDeliveries: findPendingDeliveries(db.query),
    },
    jwks: keys.published,
    seedPeople: (people) => seedPeople(accounts, people),
    start: async () => {
      outbox.start();
      telling ??= await tellAccessChanges(options);
    },
    ready: db.ready,
    close: async () => {
      await telling?.close();
      await outbox.close();
      await db.close();
    },
  };
}

/** A command that does its inputs one by one. */
function each<Input, Output>(run: (input: Input) => Promise<Output>): BatchHandler<Input, Output> {
  return (inputs) => Promise.all(inputs.map(run));
}
