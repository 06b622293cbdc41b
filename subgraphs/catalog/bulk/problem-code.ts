import { registerEnumType } from 'type-graphql';

/** What can be wrong with a file or a line of it; what other mutations refuse goes by the same code here. */
export enum BulkProblemCode {
  NOT_TEXT = 'NOT_TEXT',
  UNREADABLE = 'UNREADABLE',
  NO_LINES = 'NO_LINES',
  TOO_MANY_LINES = 'TOO_MANY_LINES',
  UNKNOWN_COLUMN = 'UNKNOWN_COLUMN',
  MISSING_COLUMN = 'MISSING_COLUMN',
  DUPLICATE_COLUMN = 'DUPLICATE_COLUMN',
  WRONG_CELLS = 'WRONG_CELLS',
  MISSING_VALUE = 'MISSING_VALUE',
  INVALID_VALUE = 'INVALID_VALUE',
  DUPLICATE_LINE = 'DUPLICATE_LINE',
  NOT_FOUND = 'NOT_FOUND',
  LOCATION_NOT_FOUND = 'LOCATION_NOT_FOUND',
  INVALID_TEXT = 'INVALID_TEXT',
  INVALID_PRICE = 'INVALID_PRICE',
  INVALID_TIME = 'INVALID_TIME',
  INVALID_STOCK = 'INVALID_STOCK',
  INVALID_QUANTITY = 'INVALID_QUANTITY',
  STOCK_BELOW_RESERVED = 'STOCK_BELOW_RESERVED',
  CONFLICTING_LINE = 'CONFLICTING_LINE',
  PRODUCT_FIXED = 'PRODUCT_FIXED',
  OPTIONS_TAKEN = 'OPTIONS_TAKEN',
  INVALID_VARIANTS = 'INVALID_VARIANTS',
  INVALID_ATTRIBUTES = 'INVALID_ATTRIBUTES',
}

registerEnumType(BulkProblemCode, {
  name: 'BulkProblemCode',
  description: 'What is wrong with a file, or with a line of it.',
  valuesConfig: {
    NOT_TEXT: { description: 'The file is no text in UTF-8.' },
    UNREADABLE: { description: 'This is no CSV, or no JSON object.' },
    NO_LINES: { description: 'There is nothing in the file but its header.' },
    TOO_MANY_LINES: { description: 'A file has at most 100,000 lines.' },
    UNKNOWN_COLUMN: { description: 'There is no such column.' },
    MISSING_COLUMN: { description: 'The file needs this column.' },
    DUPLICATE_COLUMN: { description: 'Two columns have this name.' },
    WRONG_CELLS: { description: 'The line has more or fewer cells than the header.' },
    MISSING_VALUE: { description: 'The line needs a value here.' },
    INVALID_VALUE: { description: 'This is none of the values that may stand here.' },
    DUPLICATE_LINE: { description: 'An earlier line is about the same.' },
    NOT_FOUND: { description: 'There is no such SKU.' },
    LOCATION_NOT_FOUND: { description: 'There is no location with this code.' },
    INVALID_TEXT: { description: 'The text is too long, or has control characters in it.' },
    INVALID_PRICE: {
      description:
        "No decimal number of 0 or more with at most the digits of the storefront's currency.",
    },
    INVALID_TIME: { description: 'No time by RFC 3339, or one that has passed.' },
    INVALID_STOCK: { description: 'Stock is counted in whole units, from 0 to 2,147,483,647.' },
    INVALID_QUANTITY: { description: 'There cannot be so many units.' },
    CONFLICTING_LINE: { description: 'The first line of the product says otherwise of it.' },
    PRODUCT_FIXED: { description: 'The SKU belongs to another product, where it stays.' },
    OPTIONS_TAKEN: { description: 'Another variant of the product has the same options.' },
    INVALID_VARIANTS: {
      description:
        'A product has 1 to 100 variants, each with at most 5 options of different names.',
    },
    INVALID_ATTRIBUTES: { description: 'An attribute does not fit the schemas of the category.' },
    STOCK_BELOW_RESERVED: { description: 'More units are reserved for orders there.' },
  },
});
