import { registerEnumType } from 'type-graphql';

/** What the audit log tells of. Whoever records something new adds it here. */
export enum AuditAction {
  ROLES_ASSIGNED = 'ROLES_ASSIGNED',
  LOGGED_IN = 'LOGGED_IN',
  SESSIONS_ENDED = 'SESSIONS_ENDED',
}

registerEnumType(AuditAction, {
  name: 'AuditAction',
  description: 'What somebody did that the audit log tells of.',
  valuesConfig: {
    LOGGED_IN: { description: 'Somebody logged in, by password or by registering.' },
    SESSIONS_ENDED: {
      description: 'Sessions of a user ended before their time; the data says why.',
    },
    ROLES_ASSIGNED: { description: 'An administrator replaced the roles of a user.' },
  },
});
