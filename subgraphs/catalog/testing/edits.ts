import fc from 'fast-check';

/** A product, category or other thing that is there when it is asked for, told by a number. */
export class Present {
  constructor(
    readonly kind: 'categories' | 'products' | 'prices' | 'storefronts',
    readonly number: number,
  ) {}
}

/** A mutation of staff with its input, in which things are named by numbers. */
export type Edit = readonly [mutation: string, input: object];

const one = (kind: Present['kind']) => fc.nat({ max: 99 }).map((n) => new Present(kind, n));
const orLeftOut = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const few = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 });
const lines = <T extends object>(line: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.uniqueArray(fc.record({ sku, ...line }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ sku }) => sku,
  });
const rarely = <T, U>(value: fc.Arbitrary<T>, other: U) =>
  fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: fc.constant(other) });

const title = fc.constantFrom('Red', 'Blue', 'Green', 'Tin', 'Oak');
const sku = fc.nat({ max: 5 }).map((n) => `S${n}`);
const location = fc.constantFrom('main', 'main', 'north', 'south');
const storefront = rarely(fc.constant('main'), 'other');
const quantity = fc.nat({ max: 9 });
const variant = {
  sku,
  options: fc.constantFrom('S', 'M', 'L').map((value) => [{ name: 'Size', value }]),
  price: fc.constantFrom('1', '2', '3'),
  onHand: quantity,
};
const attributes = rarely(fc.constantFrom({}, { color: 'red' }), { size: 2 });
const color = { color: { type: 'string' } };
const attributeSchema = fc.constantFrom(
  null,
  { type: 'object', properties: color },
  {
    type: 'object',
    properties: { ...color, size: { type: 'integer' } },
  },
);
const publication = fc.record({ productIds: few(one('products')), storefront });

const INPUTS: Record<string, fc.Arbitrary<object>> = {
  createCategory: fc.record({
    title,
    handle: fc.nat({ max: 20 }).map((n) => `c${n}`),
    parentId: rarely(one('categories'), null),
  }),
  updateCategory: fc.record({
    id: one('categories'),
    title: orLeftOut(title),
    parentId: orLeftOut(rarely(one('categories'), null)),
    attributeSchema: orLeftOut(attributeSchema),
  }),
  deleteCategory: fc.record({ id: one('categories') }),
  createProduct: fc.record({
    title,
    handle: fc.nat({ max: 3 }).map((n) => `p${n}`),
    categoryId: rarely(one('categories'), null),
    variants: fc.tuple(fc.record(variant)),
    attributes,
  }),
  updateProduct: fc.record({
    id: one('products'),
    title: orLeftOut(title),
    categoryId: orLeftOut(rarely(one('categories'), null)),
    attributes: orLeftOut(attributes),
  }),
  createVariant: fc.record({ productId: one('products'), ...variant }),
  updateVariant: fc.record({
    sku,
    options: orLeftOut(variant.options),
    active: orLeftOut(fc.boolean()),
  }),
  importProducts: fc.record({
    products: few(
      fc.record({
        ...variant,
        title,
        handle: orLeftOut(fc.nat({ max: 3 }).map((n) => `p${n}`)),
        category: orLeftOut(few(title).map((titles) => titles.join(' > '))),
        attributes: orLeftOut(attributes),
      }),
    ),
    storefront,
  }),
  publishProducts: publication,
  unpublishProducts: publication,
  setPrices: fc.record({
    prices: lines({
      price: variant.price,
      validFrom: orLeftOut(fc.constant('2100-01-01T00:00:00Z')),
    }),
    storefront,
  }),
  withdrawPrice: fc.record({ priceId: one('prices') }),
  setStock: fc.record({ lines: lines({ onHand: quantity, location }) }),
  adjustStock: fc.record({
    reason: fc.constant('CORRECTED'),
    lines: lines({ delta: fc.integer({ min: -3, max: 3 }), location }),
  }),
  transferStock: fc.record({
    from: location,
    to: location,
    lines: lines({ quantity }),
  }),
  setLowStockThresholds: fc.record({
    lines: lines({ threshold: fc.option(quantity) }),
  }),
  setBackorderPolicies: fc.record({
    lines: lines({ policy: fc.constantFrom('DENY', 'BACKORDER') }),
  }),
  createLocation: fc.record({
    code: fc.constantFrom('north', 'south'),
    name: title,
    priority: fc.nat({ max: 9 }),
  }),
  updateLocation: fc.record({
    code: location,
    name: orLeftOut(title),
    active: orLeftOut(fc.boolean()),
  }),
  createStorefront: fc.record({
    code: fc.constant('other'),
    name: title,
    currency: fc.constant('GBP'),
    locale: fc.constant('en'),
  }),
  updateStorefront: fc.record({ id: one('storefronts'), name: title }),
};

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  ...Object.entries(INPUTS).map(([name, input]) => fc.tuple(fc.constant(name), input)),
);
