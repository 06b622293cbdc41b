import { testGraph } from '../../testing/graph.js';
import { libraryGraph } from '../../testing/library.js';
import type { Kind } from './kind.js';
import { KINDS } from './kinds.js';

/** All graphs that random operations are asked of. */
export const GRAPHS: readonly Kind[] = [
  ...KINDS,
  {
    name: 'the reviews graph',
    subgraphs: () => testGraph().subgraphs,
    questions: {},
    values: { id: '"1"', text: '"table"', upc: '"table"', first: '3' },
  },
  {
    name: 'the library graph',
    subgraphs: () => libraryGraph().subgraphs,
    questions: {},
    values: { id: '"n1"', code: '"7"' },
    stockForgetsTypes: true,
  },
];
