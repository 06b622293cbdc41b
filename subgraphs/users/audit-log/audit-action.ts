import { registerEnumType } from 'type-graphql';

/** What the audit log tells of. Whoever records something new adds it here. */
export enum AuditAction {
  ROLES_ASSIGNED = 'ROLES_ASSIGNED',
}

registerEnumType(AuditAction, {
  name: 'AuditAction',
  description: 'What somebody did that the audit log tells of.',
  valuesConfig: {
    ROLES_ASSIGNED: { description: 'An administrator replaced the roles of a user.' },
  },
});
