export const QUERY_NAMES = ['simple', 'nested', 'full'] as const;

export type QueryName = (typeof QUERY_NAMES)[number];

const FRAGMENTS = /* GraphQL */ `
  fragment U on User { id username name }
  fragment R on Review { id body }
  fragment P on Product { inStock name price shippingEstimate upc weight }
`;

const WITH_AUTHORS = /* GraphQL */ `
  ...R
  author { ...U reviews { ...R product { ...P } } }
`;

/** One fetch; seven that depend on each other; and the whole query of the public benchmark. */
export const QUERIES: Readonly<Record<QueryName, string>> = {
  simple: 'query simple { users { id username name } }',
  nested: `query nested { topProducts { ...P reviews { ${WITH_AUTHORS} } } } ${FRAGMENTS}`,
  full: `query full {
    users { ...U reviews { ...R product { ...P reviews { ${WITH_AUTHORS} } } } }
    topProducts { ...P reviews { ${WITH_AUTHORS} } }
  } ${FRAGMENTS}`,
};
