import { Migration } from '@mikro-orm/migrations';
import { CREATE_OUTBOX, TRACE_OUTBOX } from '@waybill/kernel/outbox.js';

/** Mail to people about their accounts, and the tokens in it, kept as hashes only. */
export class AccountMail extends Migration {
  override name = '20261121-account-mail';

  override up(): void {
    this.addSql(`
      alter table users
        add column email_verified_at timestamptz,
        add column unwanted_mail text[] not null default '{}',
        add column closed_at timestamptz`);
    // They had their accounts before anybody asked.
    this.addSql('update users set email_verified_at = created_at where email is not null');
    // user_id is null until it is known who has the address, and email once nobody needs it any more.
    this.addSql(`
      create table account_mails (
        id uuid primary key,
        kind text not null,
        user_id uuid references users (id) on delete cascade,
        email text,
        due_at timestamptz not null default now(),
        claimed_at timestamptz,
        settled_at timestamptz,
        token_hash bytea unique,
        token_expires_at timestamptz,
        used_at timestamptz
      )`);
    this.addSql('create index account_mails_of_user on account_mails (user_id)');
    this.addSql('create index account_mails_by_age on account_mails (due_at)');
    this.addSql(
      'create index account_mails_unsent on account_mails (due_at) where settled_at is null',
    );
    this.addSql(CREATE_OUTBOX);
    this.addSql(TRACE_OUTBOX);
  }
}
