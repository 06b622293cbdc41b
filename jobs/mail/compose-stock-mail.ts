import type { LowStock } from '@waybill/schema/commands.js';

/** What staff read when a SKU has fallen below its threshold. */
export function composeStockMail({ sku, title, available, threshold }: LowStock) {
  const left = available > 0 ? `Only ${available} left` : 'Nothing left';
  return {
    subject: `${left} of ${sku}`,
    text: `${left} of ${title} (${sku}) to be ordered: fewer than the ${threshold} that you want there to be.

You are told again when there were enough and there are too few once more.`,
  };
}
