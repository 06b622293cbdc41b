import { Migration } from '@mikro-orm/migrations';

/** Until `free_at` the attempts made so far count. */
export class Throttles extends Migration {
  override name = '20261121-throttles';

  override up(): void {
    this.addSql('create table throttles (key text primary key, free_at timestamptz not null)');
    this.addSql('create index throttles_by_end on throttles (free_at)');
  }
}
