import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { isCurrency, toMinor } from '@waybill/kernel/money.js';
import { MAX_DEPTH, SEPARATOR } from '../categories/limits.js';
import { MAX_OPTIONS, type VariantOption } from '../variants/option.js';
import { CatalogErrorCode } from './errors.js';
import { isHandle } from './handle.js';

/** Characters in a SKU, in a title or category, and in a description, at the most. */
export const MAX_SKU = 64;
export const MAX_TITLE = 200;
export const MAX_DESCRIPTION = 20_000;

/** Variants of one product, at the most. */
export const MAX_VARIANTS = 100;

/** Characters in the name or value of an option, at the most. */
const MAX_OPTION = 100;

const MAX_STOCK = 2_147_483_647;

/** Reads the fields of one input; what is wrong with it gathers in `errors`. */
export class InputReader {
  readonly errors: UserError<CatalogErrorCode>[] = [];

  /** `path` leads to the object whose fields are read. */
  constructor(private readonly path: string[] = []) {}

  /** The text without surrounding space. */
  text(field: string | string[], value: string, max: number): string {
    const text = value.trim();
    this.#length(field, text, max, /\p{Cc}/u);
    return text;
  }

  /** As `optionalText`, of several lines. */
  optionalLines(field: string, value: string | null | undefined, max: number): string | null {
    if (value == null) return null;
    const text = value.trim();
    this.#length(field, text, max, /[^\P{Cc}\n\r\t]/u);
    return text;
  }

  /** Titles from the top, as they are told apart by ` > `. */
  categoryPath(field: string, value: string | null | undefined): string | null {
    if (value == null) return null;
    const titles = value.split('>').map((title) => this.text(field, title, MAX_TITLE));
    if (titles.length > MAX_DEPTH) {
      this.#wrong(CatalogErrorCode.INVALID_TEXT, `is deeper than ${MAX_DEPTH}`, field);
    }
    return titles.join(SEPARATOR);
  }

  handle(field: string, value: string): string {
    const handle = value.trim();
    if (!isHandle(handle)) {
      const what = 'is not small letters and digits with hyphens between them';
      this.#wrong(CatalogErrorCode.INVALID_TEXT, what, field);
    }
    return handle;
  }

  /** Sorted by name. */
  options(field: string, values: readonly VariantOption[]): VariantOption[] {
    if (values.length > MAX_OPTIONS) {
      this.#wrong(CatalogErrorCode.INVALID_VARIANTS, `has more than ${MAX_OPTIONS}`, field);
    }
    const names = new Set<string>();
    const options = values.map(({ name, value }, i) => {
      const path = [field, String(i)];
      const option = {
        name: this.text([...path, 'name'], name, MAX_OPTION),
        value: this.text([...path, 'value'], value, MAX_OPTION),
      };
      this.unlike([...path, 'name'], names, option.name, CatalogErrorCode.INVALID_VARIANTS);
      return option;
    });
    return options.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** That a value is not among those before it; it is from now on. */
  unlike(
    field: string | string[],
    before: Set<string>,
    value: string,
    code: CatalogErrorCode,
  ): void {
    if (before.has(value)) this.#wrong(code, 'is there already', field);
    before.add(value);
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

  #length(field: string | string[], text: string, max: number, unfit: RegExp): void {
    const good = text.length > 0 && text.length <= max && !unfit.test(text);
    if (!good) this.#wrong(CatalogErrorCode.INVALID_TEXT, `is not 1 to ${max} characters`, field);
  }

  #wrong(code: CatalogErrorCode, what: string, field: string | string[]): void {
    const path = [field].flat();
    this.errors.push(userError(code, `${path.join('.')} ${what}.`, [...this.path, ...path]));
  }
}
