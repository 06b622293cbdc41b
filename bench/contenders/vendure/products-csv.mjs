const COLUMNS = [
  ...['name', 'slug', 'description', 'assets', 'facets', 'optionGroups', 'optionValues', 'sku'],
  ...['price', 'taxCategory', 'stockOnHand', 'trackInventory', 'variantAssets', 'variantFacets'],
];

/** The catalog as Vendure imports it: a row for each variant, the first of a product with what is the product's. */
export function productsCsv(catalog) {
  const rows = catalog.flatMap((product) =>
    product.variants.map((variant, i) => ({
      ...(i === 0 ? ofProduct(product) : {}),
      optionValues: `${variant.size}|${variant.colour}`,
      sku: variant.sku,
      price: (variant.price / 100).toFixed(2),
      taxCategory: 'standard',
      stockOnHand: variant.onHand,
      trackInventory: 'true',
    })),
  );
  return [COLUMNS.join(','), ...rows.map(line)].join('\n');
}

function ofProduct({ title, handle, description, department, kind, material, style }) {
  const facets = { department, kind, material, style };
  return {
    name: title,
    slug: handle,
    description,
    facets: Object.entries(facets)
      .map((facet) => facet.join(':'))
      .join('|'),
    optionGroups: 'size|colour',
  };
}

const line = (row) => COLUMNS.map((name) => quoted(row[name])).join(',');

const quoted = (value = '') => `"${String(value).replaceAll('"', '""')}"`;
