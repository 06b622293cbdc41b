import { registerEnumType } from 'type-graphql';

/** What the audit log tells of. Whoever records something new adds it here. */
export enum AuditAction {
  ROLES_ASSIGNED = 'ROLES_ASSIGNED',
  LOGGED_IN = 'LOGGED_IN',
  LOG_IN_FAILED = 'LOG_IN_FAILED',
  SESSIONS_ENDED = 'SESSIONS_ENDED',
  PARTNER_CREATED = 'PARTNER_CREATED',
  PARTNER_UPDATED = 'PARTNER_UPDATED',
  PARTNER_CLOSED = 'PARTNER_CLOSED',
  API_KEY_CREATED = 'API_KEY_CREATED',
  API_KEY_USED = 'API_KEY_USED',
  API_KEY_WITHDRAWN = 'API_KEY_WITHDRAWN',
  PASSWORD_CHANGED = 'PASSWORD_CHANGED',
  EMAIL_CHANGED = 'EMAIL_CHANGED',
  ACCOUNT_CLOSED = 'ACCOUNT_CLOSED',
  OPERATIONS_REGISTERED = 'OPERATIONS_REGISTERED',
  OPERATIONS_APPROVED = 'OPERATIONS_APPROVED',
  OPERATIONS_REJECTED = 'OPERATIONS_REJECTED',
  OPERATIONS_RETIRED = 'OPERATIONS_RETIRED',
  WEBHOOK_CREATED = 'WEBHOOK_CREATED',
  WEBHOOK_UPDATED = 'WEBHOOK_UPDATED',
  WEBHOOK_SECRET_ROTATED = 'WEBHOOK_SECRET_ROTATED',
  WEBHOOK_DELETED = 'WEBHOOK_DELETED',
}

registerEnumType(AuditAction, {
  name: 'AuditAction',
  description: 'What somebody did that the audit log tells of.',
  valuesConfig: {
    LOGGED_IN: { description: 'Somebody logged in, by password or by registering.' },
    LOG_IN_FAILED: {
      description: 'Somebody gave a wrong password for an account, or for one that does not exist.',
    },
    PASSWORD_CHANGED: { description: 'A user set a new password, or reset a forgotten one.' },
    EMAIL_CHANGED: { description: 'A user confirmed a new email.' },
    ACCOUNT_CLOSED: { description: 'A user deleted their account.' },
    SESSIONS_ENDED: {
      description: 'Sessions of a user ended before their time; the data says why.',
    },
    ROLES_ASSIGNED: { description: 'An administrator replaced the roles of a user.' },
    PARTNER_CREATED: { description: 'An administrator took in a partner.' },
    PARTNER_UPDATED: {
      description: 'An administrator changed the rate class or the storefronts of a partner.',
    },
    PARTNER_CLOSED: { description: 'An administrator closed a partner.' },
    API_KEY_CREATED: { description: 'An administrator made an API key.' },
    API_KEY_USED: { description: 'An API key was used for the first time on that day (UTC).' },
    API_KEY_WITHDRAWN: { description: 'An administrator withdrew an API key.' },
    OPERATIONS_REGISTERED: { description: 'Operations of a partner were registered.' },
    OPERATIONS_APPROVED: { description: 'A manager let a partner run operations.' },
    OPERATIONS_REJECTED: { description: 'A manager refused operations of a partner.' },
    OPERATIONS_RETIRED: { description: 'Operations of a partner were ended.' },
    WEBHOOK_CREATED: { description: 'A webhook of a partner was made.' },
    WEBHOOK_UPDATED: { description: 'A webhook of a partner was changed.' },
    WEBHOOK_SECRET_ROTATED: { description: 'The secret of a webhook was replaced.' },
    WEBHOOK_DELETED: { description: 'A webhook of a partner was deleted.' },
  },
});
