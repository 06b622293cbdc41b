import { Migration } from '@mikro-orm/migrations';

/** What an order says of its life after confirmation: how it is paid, which version it is, and where each unit went. */
export class WholeLife extends Migration {
  override name = '20261121-whole-life';

  override up(): void {
    this.addSql(`
      alter table orders
        add column capture_on text not null default 'CONFIRMATION'
          check (capture_on in ('CONFIRMATION', 'SHIPMENT')),
        add column authorized bigint not null default 0,
        add column version int not null default 1`);
    this.addSql('update orders set authorized = captured where captured > 0');
    this.addSql(`
      alter table order_lines
        add column cancelled_quantity int not null default 0,
        add column fulfilled_quantity int not null default 0,
        add column shipped_quantity int not null default 0,
        add column returned_quantity int not null default 0,
        add check (cancelled_quantity >= 0 and fulfilled_quantity + cancelled_quantity <= quantity),
        add check (shipped_quantity between 0 and fulfilled_quantity),
        add check (returned_quantity between 0 and shipped_quantity)`);
    this.addSql(`
      update order_lines l set fulfilled_quantity = quantity, shipped_quantity = quantity
      from orders o where o.id = l.order_id and l.kind = 'PRODUCT' and o.status in ('SHIPPED', 'DELIVERED')`);
  }
}
