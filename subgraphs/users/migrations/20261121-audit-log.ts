import { Migration } from '@mikro-orm/migrations';

export class AuditLog extends Migration {
  override name = '20261121-audit-log';

  override up(): void {
    this.addSql(`
      create table audit_log (
        id uuid primary key,
        at timestamptz not null default clock_timestamp(),
        actor text not null,
        action text not null,
        subject text not null,
        address text,
        data jsonb not null
      )`);
    this.addSql('create index audit_log_by_actor on audit_log (actor, id)');
    this.addSql('create index audit_log_by_action on audit_log (action, id)');
    this.addSql('create index audit_log_by_subject on audit_log (subject, id)');
    this.addSql(`
      create function refuse_change() returns trigger language plpgsql as
        'begin raise exception ''audit_log is append-only''; end'`);
    // For each statement, so that an empty TRUNCATE is refused like everything else.
    this.addSql(`
      create trigger audit_log_append_only before update or delete or truncate on audit_log
        for each statement execute function refuse_change()`);
  }
}
