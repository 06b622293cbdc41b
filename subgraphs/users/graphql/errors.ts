import { type UserError, userErrorOf } from '@waybill/kernel/graphql/user-error.js';
import { registerEnumType } from 'type-graphql';

export enum UsersErrorCode {
  EMAIL_TAKEN = 'EMAIL_TAKEN',
  INVALID_EMAIL = 'INVALID_EMAIL',
  INVALID_TEXT = 'INVALID_TEXT',
  INVALID_COUNTRY = 'INVALID_COUNTRY',
  PASSWORD_TOO_SHORT = 'PASSWORD_TOO_SHORT',
  PASSWORD_TOO_LONG = 'PASSWORD_TOO_LONG',
  INVALID_CREDENTIALS = 'INVALID_CREDENTIALS',
  SESSION_ENDED = 'SESSION_ENDED',
  LOG_IN_AGAIN = 'LOG_IN_AGAIN',
  TOO_MANY_ATTEMPTS = 'TOO_MANY_ATTEMPTS',
  ACCOUNTS_KEPT_ELSEWHERE = 'ACCOUNTS_KEPT_ELSEWHERE',
  INVALID_TOKEN = 'INVALID_TOKEN',
  INVALID_URL = 'INVALID_URL',
  NO_EVENTS = 'NO_EVENTS',
  TOO_MANY_WEBHOOKS = 'TOO_MANY_WEBHOOKS',
  NOT_FOUND = 'NOT_FOUND',
  FORBIDDEN = 'FORBIDDEN',
  NO_ROLES = 'NO_ROLES',
  OWN_ADMIN_ROLE = 'OWN_ADMIN_ROLE',
  TOO_MANY_ADDRESSES = 'TOO_MANY_ADDRESSES',
  TOO_MANY_CUSTOMERS = 'TOO_MANY_CUSTOMERS',
  NAME_TAKEN = 'NAME_TAKEN',
  NO_SCOPES = 'NO_SCOPES',
  NO_STOREFRONTS = 'NO_STOREFRONTS',
  UNKNOWN_STOREFRONT = 'UNKNOWN_STOREFRONT',
  CUSTOMER_ELSEWHERE = 'CUSTOMER_ELSEWHERE',
  INVALID_EXPIRY = 'INVALID_EXPIRY',
  TOO_MANY_KEYS = 'TOO_MANY_KEYS',
  INVALID_MANIFEST = 'INVALID_MANIFEST',
  OPERATIONS_REFUSED = 'OPERATIONS_REFUSED',
  OPERATION_CHANGED = 'OPERATION_CHANGED',
  OPERATION_DECIDED = 'OPERATION_DECIDED',
  IDEMPOTENCY_CONFLICT = 'IDEMPOTENCY_CONFLICT',
}

registerEnumType(UsersErrorCode, {
  name: 'UsersErrorCode',
  description: 'Why something about accounts could not be done.',
  valuesConfig: {
    EMAIL_TAKEN: { description: 'Somebody has an account with this email.' },
    INVALID_EMAIL: { description: 'This is no email address.' },
    INVALID_TEXT: {
      description: 'The text is empty, too long, or has control characters in it.',
    },
    INVALID_COUNTRY: { description: 'This is no ISO 3166-1 alpha-2 country code.' },
    PASSWORD_TOO_SHORT: { description: 'The password has too few characters.' },
    PASSWORD_TOO_LONG: { description: 'The password has too many characters.' },
    INVALID_CREDENTIALS: {
      description: 'Email and password do not belong together; which of the two is not said.',
    },
    SESSION_ENDED: {
      description: 'The session has ended, or was never one: log in again.',
    },
    LOG_IN_AGAIN: {
      description: 'You logged in too long ago for this: do so again, and ask within five minutes.',
    },
    TOO_MANY_ATTEMPTS: {
      description:
        'Too many attempts for this account, or from this address: `retryAt` says when to go on.',
    },
    ACCOUNTS_KEPT_ELSEWHERE: {
      description: 'Another system keeps the accounts: log in there, and change them there.',
    },
    INVALID_TOKEN: { description: 'The code from the mail is wrong, was used, or is too old.' },
    INVALID_URL: { description: 'This is no address that messages can go to.' },
    NO_EVENTS: { description: 'A webhook must be told of something.' },
    TOO_MANY_WEBHOOKS: { description: 'The partner has as many webhooks as one may have.' },
    NOT_FOUND: { description: "There is no such thing, or it is somebody else's." },
    FORBIDDEN: { description: 'Your role does not allow this.' },
    NO_ROLES: { description: 'A user must keep at least one role.' },
    OWN_ADMIN_ROLE: { description: 'Administrators cannot take the role ADMIN from themselves.' },
    TOO_MANY_ADDRESSES: { description: 'This user has as many addresses as one may have.' },
    TOO_MANY_CUSTOMERS: { description: 'More customers than one call may import.' },
    NAME_TAKEN: { description: 'There is a partner of this name.' },
    NO_STOREFRONTS: { description: 'Somebody must be confined to a storefront, or to none.' },
    UNKNOWN_STOREFRONT: { description: 'There is no such storefront.' },
    CUSTOMER_ELSEWHERE: { description: 'Other storefronts than yours know this customer.' },
    NO_SCOPES: { description: 'An API key must be good for something.' },
    INVALID_EXPIRY: { description: 'An API key must expire in the future, or not at all.' },
    TOO_MANY_KEYS: { description: 'This partner has as many valid API keys as one may have.' },
    INVALID_MANIFEST: {
      description: 'This is no manifest of operations, or none that can be kept.',
    },
    OPERATIONS_REFUSED: {
      description: 'Operations are not fit to be registered; the report says which and why.',
    },
    OPERATION_CHANGED: { description: 'Another text is registered under this id.' },
    OPERATION_DECIDED: {
      description: 'The operation was approved, rejected or retired; it can be registered anew.',
    },
    IDEMPOTENCY_CONFLICT: { description: 'The key was used before for a different request.' },
  },
});

export type UsersError = UserError<UsersErrorCode>;

export const UsersUserError = userErrorOf<UsersErrorCode>('UsersUserError', () => UsersErrorCode);
