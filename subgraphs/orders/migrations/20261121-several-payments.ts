import { Migration } from '@mikro-orm/migrations';

const PAYMENTS_OF_BEFORE = `
  update orders set
    authorized = case payment_status when 'AUTHORIZED' then total else authorized end,
    payments = jsonb_build_array(jsonb_build_object(
      'attempt', payment_attempt, 'method', payment_method, 'amount', total,
      'state', case
        when declined_attempt = payment_attempt then 'DECLINED'
        when payment_status = 'NONE' then 'DUE'
        else 'AUTHORIZED' end))`;

/** An order may be paid by several payments; until now each attempt was to pay all of it. */
export class SeveralPayments extends Migration {
  override name = '20261121-several-payments';

  override up(): void {
    this.addSql(`alter table orders add column payments jsonb not null default '[]'`);
    this.addSql(PAYMENTS_OF_BEFORE);
    this.addSql(`
      alter table orders drop column payment_method, drop column payment_attempt,
        drop column declined_attempt`);
  }
}
