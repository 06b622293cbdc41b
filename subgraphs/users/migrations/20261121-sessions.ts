import { Migration } from '@mikro-orm/migrations';

/** `secret` derives each refresh token from the one before it; the tokens themselves are kept as hashes only. */
export class Sessions extends Migration {
  override name = '20261121-sessions';

  override up(): void {
    this.addSql(`
      create table sessions (
        id uuid primary key,
        user_id uuid not null references users (id) on delete cascade,
        secret bytea not null,
        device text,
        created_at timestamptz not null default now(),
        last_used_at timestamptz not null default now(),
        expires_at timestamptz not null,
        ended_at timestamptz,
        end_reason text,
        check ((ended_at is null) = (end_reason is null))
      )`);
    this.addSql('create index sessions_of_user on sessions (user_id) where ended_at is null');
    this.addSql('create index sessions_by_end on sessions ((coalesce(ended_at, expires_at)))');
    this.addSql(`
      create table refresh_tokens (
        hash bytea primary key,
        session_id uuid not null references sessions (id) on delete cascade,
        used_at timestamptz
      )`);
    this.addSql('create index refresh_tokens_of_session on refresh_tokens (session_id)');
    // Each key is published before it signs, so that whoever checks tokens knows it by then.
    this.addSql(
      'alter table signing_keys add column signs_from timestamptz not null default now()',
    );
    this.addSql('update signing_keys set signs_from = created_at');
  }
}
