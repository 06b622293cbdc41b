import type { RecordedAccessChange } from './access.js';
import type { Command, ForgetKeys, StoredEvent } from './command.js';

export interface Customer {
  userId: string;
  name: string;
  /** Null for customers imported without one, and who closed their accounts: they get no mail. */
  email: string | null;
  /** Types of events of which they want no mail. */
  unwantedMail: string[];
  /** Bare ids of the storefronts that know them. */
  knownAt: string[];
}

/** Who comes with an API key. */
export interface PartnerCaller {
  partnerId: string;
  keyId: string;
  scopes: Array<'READ' | 'WRITE' | 'PRICES' | 'OPERATIONS'>;
  rateClass: 'STANDARD' | 'HIGH';
  /** The storefronts that it sells for; null for all. */
  storefrontIds: string[] | null;
  /** Null where the key does not expire. */
  expiresAt: string | null;
}

/** What became of an order, for webhooks. */
export interface OrderNews {
  /** The partner who placed it; null where it was somebody else. */
  partnerId: string | null;
  /** Whether the webhooks of the storefront hear of it, too. */
  tellsStorefront: boolean;
  /** Of the event in the order's history. */
  eventId: string;
  type: string;
  /** Where it was placed: partners hear of the storefronts only that they sell for. */
  storefrontId: string;
  /** When it happened (ISO 8601). */
  at: string;
  orderId: string;
  /** What the message says of it. */
  data: object;
}

/** A message to a webhook. */
export interface DueDelivery {
  deliveryId: string;
  url: string;
  body: string;
  /** It is signed with each. */
  secrets: string[];
}

/** What an attempt led to: an HTTP status, or why there was none. */
export interface AttemptedDelivery {
  deliveryId: string;
  status: number | null;
  error: string | null;
  /** No more attempts follow. */
  isLast: boolean;
}

/** What an issuer says of the person whom a token names. */
export interface AdmittedPerson {
  issuer: string;
  subject: string;
  email: string | null;
  /** Whether the issuer vouches that the email is theirs. */
  isEmailVerified: boolean;
  name: string;
  roles: string[];
  /** That they work for as staff; null for all. */
  storefrontIds: string[] | null;
}
/** Mail to people about their accounts. */
export type AccountMailKind =
  | 'VERIFY_EMAIL'
  | 'CHANGE_EMAIL'
  | 'EMAIL_CHANGED'
  | 'RESET_PASSWORD'
  | 'PASSWORD_CHANGED'
  | 'ACCOUNT_CLOSED';

export interface AccountMail {
  kind: AccountMailKind;
  to: string;
  /** In whose name: where they registered. A bare id. */
  storefrontId: string;
  /** Null for who has none any more. */
  name: string | null;
  /** The code that proves that the mail was read, where its kind has one. */
  token: string | null;
}

/** GRANTED: send it, then settle it. SETTLED: it is sent, or not wanted. TAKEN: another worker is at it. */
export type AccountMailClaim =
  | { claim: 'GRANTED'; mail: AccountMail }
  | { claim: 'SETTLED' }
  | { claim: 'TAKEN' };

/** An operation that a partner may run. */
export interface ApprovedOperation {
  id: string;
  kind: 'QUERY' | 'MUTATION' | 'SUBSCRIPTION';
  text: string;
}

/** What the other contexts ask of people and partners. */
export interface UsersCommands {
  /** Null when there is no such customer, or not any more. */
  findCustomer: Command<{ userId: string }, Customer | null>;
  /** Somebody has ordered in a storefront: its staff may see them from now on. Key: userId and storefrontId. */
  knowCustomer: Command<{ userId: string; storefrontId: string }, { outcome: 'KNOWN' }>;
  /** Null for a key that there is not, that was withdrawn or has expired, and for a wrong secret. */
  findApiKey: Command<{ keyId: string; secretHash: string }, PartnerCaller | null>;
  /** A key was used. Key: keyId and at. */
  recordKeyUse: Command<{ keyId: string; at: string }, { outcome: 'RECORDED' }>;
  /** All that a partner may run at present, and what a request for one may cost. */
  approvedOperations: Command<
    { partnerId: string },
    { operations: ApprovedOperation[]; maxCost: number }
  >;
  /** So many requests asked for the operation, the last of them at `at`. Repeated, it counts them twice. */
  countUses: Command<
    { partnerId: string; operationId: string; count: number; at: string },
    { outcome: 'COUNTED' }
  >;
  /** Somebody whose account an OpenID Connect issuer keeps: made a user at first sight. Key: issuer and subject. */
  admitPerson: Command<AdmittedPerson, { userId: string }>;
  /** What became of an order: messages for webhooks; those that are still to be sent. Key: eventId. */
  queueDeliveries: Command<OrderNews, { deliveryIds: string[] }>;
  /** Null for a message that is settled, or whose webhook is gone or disabled. */
  findDelivery: Command<{ deliveryId: string }, DueDelivery | null>;
  /** Null where the message was settled before. */
  recordDelivery: Command<AttemptedDelivery, { state: 'PENDING' | 'DELIVERED' | 'FAILED' | null }>;
  /** Messages that wait longer than `olderThanSeconds` for an attempt. */
  findPendingDeliveries: Command<
    { olderThanSeconds: number; limit: number },
    { events: StoredEvent[] }
  >;
  /** Forgets idempotency keys that were used longer than `olderThanHours` ago; at most `limit` a call. */
  forgetKeys: ForgetKeys;
  /** Whoever sends a mail about an account takes it first, for a minute. */
  claimMail: Command<{ mailId: string }, AccountMailClaim>;
  /** It is sent. Key: mailId. */
  settleMail: Command<{ mailId: string }, { outcome: 'SETTLED' }>;
  /** It could not be sent. */
  giveBackMail: Command<{ mailId: string }, { outcome: 'GIVEN_BACK' }>;
  /** Events whose mail should have been sent `olderThanSeconds` ago; at most `limit`. */
  findUnsentMail: Command<{ olderThanSeconds: number; limit: number }, { events: StoredEvent[] }>;
  /** People who deleted their accounts and are known elsewhere still; at most `limit`. */
  findErasures: Command<{ limit: number }, { userIds: string[] }>;
  /** All other contexts have forgotten the person. Key: userId. */
  settleErasure: Command<{ userId: string }, { outcome: 'SETTLED' }>;
  /** Removes what is over: sessions, throttles, old mail about accounts; at most `limit` of each a call. */
  forgetExpired: Command<{ limit: number }, { forgotten: number }>;
  /** Changes of access of the last seconds, by the clock of the database; null for all that still matter. */
  readAccessChanges: Command<{ sinceSeconds: number | null }, { changes: RecordedAccessChange[] }>;
  /** Removes changes of access that no token is old enough for; at most `limit` a call. */
  forgetAccessChanges: Command<{ limit: number }, { forgotten: number }>;
}
