import { Migration } from '@mikro-orm/migrations';

/** A partner that is closed stays, with its name: orders and the audit log refer to it. */
export class ClosedPartners extends Migration {
  override name = '20261121-closed-partners';

  override up(): void {
    this.addSql('alter table partners add column closed_at timestamptz');
  }
}
