import { Migration } from '@mikro-orm/migrations';

/** People whose account is kept by an OpenID Connect issuer, by its name for them. */
export class ExternalIssuer extends Migration {
  override name = '20261121-external-issuer';

  override up(): void {
    this.addSql(`
      alter table users
        add column issuer text,
        add column subject text,
        add constraint users_issuer_subject unique (issuer, subject),
        add constraint users_issued check ((issuer is null) = (subject is null))`);
  }
}
