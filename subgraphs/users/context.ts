import type { CommandClient } from '@waybill/kernel/commands.js';
import type { Database } from '@waybill/kernel/database.js';
import { unauthenticated } from '@waybill/kernel/errors.js';
import type { Identity } from '@waybill/kernel/identity.js';
import type { Commands } from '@waybill/schema/commands.js';
import type DataLoader from 'dataloader';
import type { AddressRow } from './graphql/address.js';
import type { UserRow } from './graphql/user.js';
import { loadAddresses, loadUsers } from './loaders.js';
import type { OperationChecker } from './operations/check-operations.js';
import { loadPartners } from './partners/load-partners.js';
import type { PartnerRow } from './partners/partner.js';
import type { Passwords } from './passwords.js';
import type { Tokens } from './tokens.js';

/** Commands of the other contexts. */
export interface UsersNeeds {
  catalog: Pick<CommandClient<Commands['catalog']>, 'describeStorefront'>;
}

/** What the use cases work with; lives as long as the process. */
export interface Accounts {
  db: Database;
  /** What is asked of the other contexts. */
  commands: UsersNeeds;
  /** Who holds operations of partners against the whole schema. */
  checker: OperationChecker;
  /** Units that one operation of a partner of the class STANDARD may cost. */
  partnerMaxCost: number;
  passwords: Passwords;
  tokens: Tokens;
  /** An OpenID Connect issuer keeps passwords, sessions and roles. */
  keptElsewhere: boolean;
  /** Say that mail was requested: it leaves at once. */
  committed(): void;
  /** Seconds after which a session ends that is not refreshed. */
  sessionTtlSeconds: number;
  /** Seconds after which it ends however often it is refreshed. */
  sessionMaxSeconds: number;
}

/** One operation: who asks, and loaders that gather its look-ups into one statement a level. */
export interface UsersContext {
  identity: Identity;
  requestId: string | undefined;
  /** From where, as far as that is known. */
  address: string | undefined;
  accounts: Accounts;
  users: DataLoader<string, UserRow | null>;
  addresses: DataLoader<string, AddressRow[]>;
  /** Those that the asker may see. */
  partners: DataLoader<string, PartnerRow | null>;
}

export function usersContext(
  accounts: Accounts,
  identity: Identity,
  requestId?: string,
  address?: string,
): UsersContext {
  const { query } = accounts.db;
  return {
    identity,
    requestId,
    address,
    accounts,
    users: loadUsers(query),
    addresses: loadAddresses(query),
    partners: loadPartners({ identity, accounts }),
  };
}

/** The bare id of the person who asks. Throws UNAUTHENTICATED where it is nobody, or a service. */
export function callerId({ identity }: UsersContext): string {
  if (identity.kind !== 'user') throw unauthenticated();
  return identity.userId;
}
