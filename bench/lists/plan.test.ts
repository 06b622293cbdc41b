import { expect, it } from 'vitest';
import { planOf } from './plan.js';

it('tells of a plan which indexes and whole tables it reads, and how many blocks', () => {
  const scan = (name: string) => ({ 'Node Type': 'Index Scan', 'Index Name': name });
  const plan = {
    'Node Type': 'Nested Loop',
    'Shared Hit Blocks': 40,
    'Shared Read Blocks': 2,
    Plans: [
      { 'Node Type': 'Limit', Plans: [scan('by_date'), scan('pkey')] },
      { 'Node Type': 'Seq Scan', 'Relation Name': 'orders' },
      scan('pkey'),
    ],
  };
  expect(planOf(plan)).toEqual({
    ...{ indexes: ['by_date', 'pkey'], wholeTables: ['orders'], blocks: 42 },
  });
});
