import { Migration } from '@mikro-orm/migrations';
import { postCaptures, postRefunds } from '../ledger.js';

const LEDGER = `
  create table ledger_entries (
    transfer_id uuid not null,
    account text not null
      check (account in ('PROVIDER_RECEIVABLE', 'CUSTOMER_PAYMENTS', 'REFUNDS')),
    amount bigint not null check (amount <> 0),
    currency text not null,
    order_id uuid not null,
    at timestamptz not null default now(),
    primary key (order_id, transfer_id, account)
  )`;

/**
 * Each statement leaves every transfer that it touches in balance, and so all are: one look per statement, where a
 * deferred constraint would take one per row.
 */
const BALANCED = `
  create function refuse_imbalance() returns trigger language plpgsql as $$
  begin
    if exists (select from inserted group by order_id, transfer_id, currency having sum(amount) <> 0) then
      raise exception 'the entries of a ledger transfer must sum to 0';
    end if;
    return null;
  end $$;
  create trigger ledger_entries_balanced after insert on ledger_entries
    referencing new table as inserted for each statement execute function refuse_imbalance()`;

const APPEND_ONLY = `
  create function refuse_change() returns trigger language plpgsql as
    $$ begin raise exception 'ledger_entries is append-only'; end $$;
  create trigger ledger_entries_append_only before update or delete or truncate on ledger_entries
    for each statement execute function refuse_change()`;

/** What was captured and refunded before there were books. A refund's transfer has its id. */
const OPENING = `
  update captures set transfer_id = gen_random_uuid() where state = 'CAPTURED';
  with ${postCaptures(`
    select c.transfer_id, c.amount, p.currency, p.order_id
    from captures c join payments p on p.id = c.payment_id where c.state = 'CAPTURED'`)}
  select;
  with ${postRefunds(`
    select r.id as transfer_id, r.amount, p.currency, p.order_id
    from refunds r join payments p on p.id = r.payment_id where r.state = 'REFUNDED'`)}
  select`;

export class Ledger extends Migration {
  override up(): void {
    this.addSql(LEDGER);
    this.addSql(BALANCED);
    this.addSql(APPEND_ONLY);
    this.addSql('alter table captures add transfer_id uuid');
    this.addSql(OPENING);
  }
}
