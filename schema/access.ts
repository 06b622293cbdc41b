/** Who may do what has changed: it holds for the next request, whatever a token says. Ids are bare. */
export type AccessChange =
  /** Somebody logged out there, or was logged out. */
  | { kind: 'SESSION_ENDED'; sessionId: string }
  /** None of their tokens counts any more. */
  | { kind: 'USER_CLOSED'; userId: string }
  /** All the roles that they have from now on, and the storefronts that they work for: null for all. */
  | {
      kind: 'ROLES_CHANGED';
      userId: string;
      roles: Array<'CUSTOMER' | 'STAFF' | 'MANAGER' | 'ADMIN'>;
      storefrontIds: string[] | null;
    }
  | { kind: 'KEY_WITHDRAWN'; keyId: string }
  /** All that the key is good for from now on. */
  | { kind: 'KEY_CHANGED'; keyId: string; scopes: string[] }
  /** The storefronts that the partner sells for from now on: null for all. */
  | { kind: 'PARTNER_CONFINED'; partnerId: string; storefrontIds: string[] | null }
  /** How much the partner may ask for, or which operations it may run. */
  | { kind: 'PARTNER_CHANGED'; partnerId: string };

/** The topic of the live bus on which gateways hear of changes. */
export const ACCESS_TOPIC = 'access';

/** A later change has a greater `seq`. */
export interface RecordedAccessChange {
  seq: number;
  change: AccessChange;
}
