import type { HeldUnits } from '@waybill/schema/commands.js';

/** What the rule needs to know of a line. */
export interface WaitingLine {
  lineNumber: number;
  sku: string;
  quantity: number;
  cancelledQuantity: number;
  fulfilledQuantity: number;
}

/** Units of a line that have not come in yet, and when they are expected (ISO 8601), if anybody knows. */
export interface WaitingUnits {
  units: number;
  expectedAt: string | null;
}

/** Of lines with the same SKU, the later ones wait: what is there is for the first. */
export function waitingUnits(
  lines: WaitingLine[],
  held: HeldUnits[],
  lineNumber: number,
): WaitingUnits {
  const line = lines.find((each) => each.lineNumber === lineNumber);
  const own = held.filter(({ sku, backordered = 0 }) => sku === line?.sku && backordered > 0);
  let missing = own.reduce((all, { backordered = 0 }) => all + backordered, 0);
  const same = lines.filter(({ sku }) => sku === line?.sku);
  for (const each of same.toSorted((one, other) => other.lineNumber - one.lineNumber)) {
    const left = each.quantity - each.cancelledQuantity - each.fulfilledQuantity;
    const units = Math.min(missing, left);
    if (each.lineNumber === lineNumber)
      return { units, expectedAt: units > 0 ? (own[0]?.expectedAt ?? null) : null };
    missing -= units;
  }
  return { units: 0, expectedAt: null };
}
