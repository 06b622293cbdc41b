import { Migration } from '@mikro-orm/migrations';

/** Where a parcel is packed; null where it was packed before anybody asked. */
export class ParcelLocations extends Migration {
  override name = '20261121-parcel-locations';

  override up(): void {
    this.addSql('alter table fulfillments add column location_id uuid');
  }
}
