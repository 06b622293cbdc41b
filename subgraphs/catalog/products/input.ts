import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { isCurrency, toMinor } from '@waybill/kernel/money.js';
import { CatalogErrorCode } from './errors.js';

/** Characters in a SKU, and in a title or category, at the most. */
export const MAX_SKU = 64;
export const MAX_TITLE = 200;

const MAX_STOCK = 2_147_483_647;

/** Reads the fields of one input; what is wrong with it gathers in `errors`. */
export class InputReader {
  readonly errors: UserError<CatalogErrorCode>[] = [];

  /** `path` leads to the object whose fields are read. */
  constructor(private readonly path: string[] = []) {}

  /** The text without surrounding space. */
  text(field: string, value: string, max: number): string {
    const text = value.trim();
    const good = text.length > 0 && text.length <= max && !/\p{Cc}/u.test(text);
    if (!good) this.#wrong(CatalogErrorCode.INVALID_TEXT, `is not 1 to ${max} characters`, field);
    return text;
  }

  optionalText(field: string, value: string | null | undefined, max: number): string | null {
    return value == null ? null : this.text(field, value, max);
  }

  currency(field: string, value: string): string {
    if (!isCurrency(value)) {
      this.#wrong(CatalogErrorCode.INVALID_CURRENCY, 'is no ISO 4217 currency code', field);
    }
    return value;
  }

  /** The price in minor units. An unknown currency is reported where it stands, not here. */
  price(field: string | string[], value: string, currency: string): number {
    const minor = isCurrency(currency) ? toMinor(value, currency) : 0;
    if (minor !== undefined && minor >= 0) return minor;
    this.#wrong(CatalogErrorCode.INVALID_PRICE, `is no price in ${currency}`, field);
    return 0;
  }

  stock(field: string, value: number): number {
    const good = Number.isInteger(value) && value >= 0 && value <= MAX_STOCK;
    if (!good) this.#wrong(CatalogErrorCode.INVALID_STOCK, 'is no number of units', field);
    return value;
  }

  #wrong(code: CatalogErrorCode, what: string, field: string | string[]): void {
    const path = [field].flat();
    this.errors.push(userError(code, `${path.join('.')} ${what}.`, [...this.path, ...path]));
  }
}
