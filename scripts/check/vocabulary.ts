import { isTest, workspaceOf } from './boundaries.js';
import { type SourceFile, withoutComments } from './source-files.js';

/** What only the bounded contexts and their clients talk about. */
const NOUNS = new Set(
  `basket cart catalog catalogue checkout customer discount fulfillment fulfilment inventory invoice
   merchant order payment postage price product purchase refund reservation restock sale shipment
   shipping sku stock storefront warehouse`.split(/\s+/),
);

const GENERIC_WORKSPACES = new Set(['kernel', 'gateway']);

/** Words that mean something else where they stand. */
const EXCEPTIONS: Record<string, ReadonlySet<string>> = {
  // The roles of the people who log in are part of an identity, whatever the system manages.
  'kernel/identity.ts': new Set(['customer']),
};

/** One line per order-management noun in the code (not the comments) of the generic packages. */
export function vocabularyViolations(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => GENERIC_WORKSPACES.has(workspaceOf(path) ?? '') && !isTest(path))
    .flatMap(({ path, text }) =>
      nounsIn(text)
        .filter((noun) => !EXCEPTIONS[path]?.has(noun))
        .map((noun) => `${path} says "${noun}": ${workspaceOf(path)} is generic`),
    );
}

/** The distinct nouns in identifiers and strings; SQL's `order by` and "in order" are not about orders. */
export function nounsIn(text: string): string[] {
  const code = withoutComments(text).replace(/\border\s?by\b|\bin (the same )?order\b/gi, ' ');
  const words = code
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return [...new Set(words.map(singular).filter((word) => NOUNS.has(word)))];
}

function singular(word: string): string {
  return NOUNS.has(word) ? word : word.replace(/s$/, '');
}
