import { Migration } from '@mikro-orm/migrations';
import { CREATE_IDEMPOTENCY_KEYS } from '@waybill/kernel/idempotency.js';

export class IdempotencyKeys extends Migration {
  override name = '20261121-idempotency-keys';

  override up(): void {
    this.addSql(CREATE_IDEMPOTENCY_KEYS);
  }
}
