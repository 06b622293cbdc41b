import { Migration } from '@mikro-orm/migrations';

/** The history of an order is append-only; only that of a draft which was never placed can go, once the draft has ended. */
const REFUSE_CHANGE = `
  create or replace function refuse_change() returns trigger language plpgsql as
    'begin
       if tg_op = ''DELETE'' and exists (
         select from orders
         where id = old.order_id and status = ''EXPIRED'' and placed_at = ''infinity'') then
         return old;
       end if;
       raise exception ''order_events is append-only'';
     end'`;

export class DeleteDrafts extends Migration {
  override name = '20261121-delete-drafts';

  override up(): void {
    this.addSql(REFUSE_CHANGE);
    this.addSql(`
      create index orders_ended_drafts on orders (updated_at)
      where status = 'EXPIRED' and placed_at = 'infinity'`);
    // Drafts have no notices; to make sure of that, each deletion would read all that there are.
    this.addSql('alter table notices drop constraint notices_order_id_fkey');
    this.addSql('create index guest_tokens_by_cart on guest_tokens (merged_into)');
  }
}
