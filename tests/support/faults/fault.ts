import type { AuditedDatabase } from '@waybill/scripts/audit/snapshots.js';

/** One fault, planted in the databases in a transaction of its own. */
export interface Fault {
  breaks: number;
  /** What the audit must name: one of `ids`. */
  named: string;
  fault: string;
  /** SQL in which `:name` stands for one of `ids`. */
  sql: Partial<Record<AuditedDatabase, string>>;
  /** Every job is gone from the queues. */
  withoutJobs?: boolean;
}

export const anyStock = 'alter table stock_levels drop constraint reserved_within_on_hand;';
export const anyAmount = `
  alter table payments drop constraint refunded_within_captured;
  alter table payments drop constraint captured_within_authorized;`;
export const anyUnits = `
  alter table hold_items drop constraint each_unit_ends_once;
  alter table hold_items drop constraint backordered_units_are_active;`;
export const anyEntry = 'alter table ledger_entries disable trigger user;';
export const anyEvent = 'alter table order_events disable trigger user;';
export const anyQuantity = (...guards: string[]) =>
  guards.map((guard) => `alter table order_lines drop constraint ${guard};`).join(' ');
export const twin = (table: string, columns: string, which: string) =>
  `insert into ${table} overriding system value
   select (jsonb_populate_record(t, jsonb_build_object(${columns}))).* from ${table} t where ${which};`;
