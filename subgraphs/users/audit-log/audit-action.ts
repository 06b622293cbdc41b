import { registerEnumType } from 'type-graphql';

/** What the audit log tells of. Whoever records something new adds it here. */
export enum AuditAction {
  ROLES_ASSIGNED = 'ROLES_ASSIGNED',
  LOGGED_IN = 'LOGGED_IN',
  LOG_IN_FAILED = 'LOG_IN_FAILED',
  SESSIONS_ENDED = 'SESSIONS_ENDED',
}

registerEnumType(AuditAction, {
  name: 'AuditAction',
  description: 'What somebody did that the audit log tells of.',
  valuesConfig: {
    LOGGED_IN: { description: 'Somebody logged in, by password or by registering.' },
    LOG_IN_FAILED: {
      description: 'Somebody gave a wrong password for an account, or for one that does not exist.',
    },
    SESSIONS_ENDED: {
      description: 'Sessions of a user ended before their time; the data says why.',
    },
    ROLES_ASSIGNED: { description: 'An administrator replaced the roles of a user.' },
  },
});
