import { Migration } from '@mikro-orm/migrations';
import { TRACE_OUTBOX } from '@waybill/kernel/outbox.js';

export class TraceOutbox extends Migration {
  override name = '20261120-trace-outbox';

  override up(): void {
    this.addSql(TRACE_OUTBOX);
  }
}
