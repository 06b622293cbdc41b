/** Operations over the graph of `testGraph` that are small to send and would be dear to plan, validate or run. */

const repeat = (times: number, text: (i: number) => string) =>
  Array.from({ length: times }, (_, i) => text(i)).join(' ');

/** Fragments over an entity cycle, each spreading the next one twice: 30 levels are 2 kB and a billion fields. */
export function fragmentBomb(levels: number): string {
  const fragments = repeat(levels, (i) => {
    const next = i + 1 < levels ? `...F${i + 1}` : 'id';
    return `fragment F${i} on User{a:reviews{author{${next}}}b:reviews{author{${next}}}}`;
  });
  return `{me{...F0}}${fragments}`;
}

/** Each with the code of its refusal. */
export const BOMBS: ReadonlyArray<readonly [name: string, code: string, query: string]> = [
  ['nested fragments, 8 levels', 'MAX_ALIASES_LIMIT', fragmentBomb(8)],
  ['nested fragments, 20 levels', 'MAX_SELECTIONS_LIMIT', fragmentBomb(20)],
  ['nested fragments, 30 levels', 'MAX_SELECTIONS_LIMIT', fragmentBomb(30)],
  [
    'fragments next to each other',
    'MAX_SELECTIONS_LIMIT',
    `{me{...F0}}${repeat(30, (i) => `fragment F${i} on User{${i < 29 ? `...F${i + 1} ...F${i + 1}` : 'id'}}`)}`,
  ],
  [
    'lists in lists',
    'COST_ESTIMATED_TOO_EXPENSIVE',
    `{users${'{reviews{author'.repeat(6)}{id}${'}}'.repeat(6)}}`,
  ],
  ['an alias again and again', 'MAX_ALIASES_LIMIT', `{me{${repeat(900, () => 'a:id')}}}`],
  ['a field again and again', 'MAX_REPEATS_LIMIT', `{me{${repeat(900, () => 'id')}}}`],
  ['an object again and again', 'MAX_REPEATS_LIMIT', `{me{${repeat(400, () => 'reviews{id}')}}}`],
  ['many aliases', 'MAX_ALIASES_LIMIT', `{me{${repeat(900, (i) => `a${i}:__typename`)}}}`],
  ['many root fields', 'MAX_ROOT_FIELDS_LIMIT', `{${repeat(40, (i) => `a${i}:__typename`)}}`],
  [
    'fields within fields',
    'MAX_DEPTH_LIMIT',
    `{me${'{reviews{author'.repeat(40)}{id}${'}}'.repeat(40)}}`,
  ],
  ['fields within fields without end', 'MAX_NESTING_LIMIT', `{me${'{reviews{author'.repeat(2000)}`],
  ['lists within lists', 'MAX_NESTING_LIMIT', `{user(id:${'['.repeat(40_000)}`],
  ['objects within objects', 'MAX_NESTING_LIMIT', `{user(id:${'{a:'.repeat(30_000)}`],
  ['list types within list types', 'MAX_NESTING_LIMIT', `query($a:${'['.repeat(40_000)}Int`],
  [
    'a chain of fragments',
    'MAX_NESTING_LIMIT',
    `{me{...F0}}${repeat(400, (i) => `fragment F${i} on User{...F${i + 1}}`)}`,
  ],
  [
    'fragments that nobody spreads',
    'MAX_SELECTIONS_LIMIT',
    `{me{id}}${repeat(400, (i) => `fragment F${i} on User{id name username}`)}`,
  ],
  [
    'a cycle of fragments',
    'GRAPHQL_VALIDATION_FAILED',
    '{me{...F}}fragment F on User{reviews{author{...F}}}',
  ],
  [
    'every fragment in every other',
    'GRAPHQL_VALIDATION_FAILED',
    `{me{...F0}}${repeat(40, (i) => `fragment F${i} on User{${repeat(40, (j) => `...F${j}`)}}`)}`,
  ],
  ['many directives', 'MAX_DIRECTIVES_LIMIT', `{me{id${repeat(500, () => '@include(if:true)')}}}`],
  ['many unknown directives', 'MAX_DIRECTIVES_LIMIT', `{me{id${repeat(2000, () => '@a')}}}`],
  [
    'many variables',
    'GRAPHQL_VALIDATION_FAILED',
    `query(${repeat(1200, (i) => `$v${i}:Int`)}){me{id}}`,
  ],
  ['many unknown fields', 'GRAPHQL_VALIDATION_FAILED', `{me{${repeat(900, (i) => `nam${i}`)}}}`],
  [
    'many operations',
    'MAX_SELECTIONS_LIMIT',
    `${repeat(500, (i) => `query Q${i}{me{...F}}`)}fragment F on User{id}`,
  ],
  ['a long list', 'MAX_TOKENS_LIMIT', `{user(id:[${repeat(20_000, () => '1')}]){id}}`],
  ['many objects', 'GRAPHQL_VALIDATION_FAILED', `{user(id:[${repeat(2000, () => '{}')}]){id}}`],
  ['a megabyte of text', 'MAX_CHARACTERS_LIMIT', `{user(id:"${'a'.repeat(1_000_000)}"){id}}`],
  ['a megabyte of comments', 'MAX_CHARACTERS_LIMIT', `${'#\n'.repeat(300_000)}{me{id}}`],
];
