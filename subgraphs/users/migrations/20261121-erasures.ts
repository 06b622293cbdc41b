import { Migration } from '@mikro-orm/migrations';

/** People who deleted their accounts, until every other context has forgotten them, too. */
export class Erasures extends Migration {
  override name = '20261121-erasures';

  override up(): void {
    this.addSql(`
      create table erasures (
        user_id uuid primary key references users (id),
        due_at timestamptz not null default now()
      )`);
  }
}
