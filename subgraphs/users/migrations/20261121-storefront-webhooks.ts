import { Migration } from '@mikro-orm/migrations';

/** A webhook is a partner's or a storefront's. */
export class StorefrontWebhooks extends Migration {
  override name = '20261121-storefront-webhooks';

  override up(): void {
    this.addSql(`
      alter table webhooks
        alter partner_id drop not null,
        add storefront_id uuid,
        add constraint somebodys check (num_nonnulls(partner_id, storefront_id) = 1)`);
    this.addSql('create index webhooks_of_storefront on webhooks (storefront_id, id)');
  }
}
