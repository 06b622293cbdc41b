import { Migration } from '@mikro-orm/migrations';

export class RegisteredOperations extends Migration {
  override name = '20261121-registered-operations';

  override up(): void {
    this.addSql(`
      create table registered_operations (
        partner_id uuid not null references partners (id),
        id text not null,
        name text not null,
        kind text not null check (kind in ('QUERY', 'MUTATION', 'SUBSCRIPTION')),
        text text not null,
        cost int not null,
        state text not null check (state in ('PENDING', 'APPROVED', 'REJECTED', 'RETIRED')),
        registered_at timestamptz not null default now(),
        decided_at timestamptz,
        uses bigint not null default 0,
        last_used_at timestamptz,
        primary key (partner_id, id)
      )`);
  }
}
