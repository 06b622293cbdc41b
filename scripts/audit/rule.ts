import type { OrderFacts } from './order-facts.js';
import type { RefundFacts } from './refund-facts.js';
import type { AuditedDatabase, Snapshots } from './snapshots.js';

/** One of the twelve things that must always hold, as statements and comparisons. */
export interface Rule {
  /** Its number in docs/order-lifecycle.md. */
  number: number;
  title: string;
  /** A statement that answers `checked`: how many things the rule looks at, called `things`. */
  count: Statement;
  things: string;
  /** Each answers a row `{ id, what }` for everything in one database that breaks the rule. */
  within?: readonly Statement[];
  /** Everything in one database that breaks the rule and that no statement can tell, read through bit by bit. */
  through?(snapshots: Snapshots): AsyncIterable<Violation>;
  /**
   * What breaks the rule about one order, of what the databases say of it together. They are not read at one instant,
   * so this is a suspicion: it becomes a violation when it lasts and no job of the order explains it.
   */
  order?(facts: OrderFacts, now: Circumstances): string[];
  /** The same of one refund. */
  refund?(facts: RefundFacts): string[];
}

/** An id is an order's, unless `what` says otherwise. */
export interface Violation {
  id: string;
  what: string;
}

export interface Statement {
  database: AuditedDatabase;
  text: string;
}

/** What a comparison needs to know beside the tables. */
export interface Circumstances {
  /** Seconds after which an order that should move and does not counts as lost. */
  graceSeconds: number;
}

export const inCatalog = (text: string): Statement => ({ database: 'catalog', text });
export const inOrders = (text: string): Statement => ({ database: 'orders', text });
export const inUsers = (text: string): Statement => ({ database: 'users', text });
export const inPayments = (text: string): Statement => ({ database: 'payments', text });

/** The findings that apply: `[condition, text]` pairs, read downwards. */
export function whereTrue(...found: Array<[condition: boolean, what: string]>): string[] {
  return found.filter(([condition]) => condition).map(([, what]) => what);
}
