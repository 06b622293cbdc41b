import { describe, expect, it } from 'vitest';
import type { InBoth } from '../in-both-topologies.js';

const BY_DAY = 'query ($filter: SalesFilter) { salesByDay(filter: $filter) { edges { cursor } } }';
const QUOTE = `mutation ($input: CreateQuoteInput!) {
  createQuote(input: $input) { userErrors { code } } }`;
const lines = [{ sku: 'BLANKET-WOOL', quantity: 1 }];

export const wrongValues = ({ shop }: InBoth) =>
  describe('a value that its scalar does not have', () => {
    it.each([
      ['a day in a variable', BY_DAY, { filter: { from: 'yesterday' } }],
      ['a day that is none', BY_DAY, { filter: { from: '2026-02-30' } }],
      ['a day in the text', '{ salesByDay(filter: { to: "never" }) { edges { cursor } } }', {}],
      ['a time', QUOTE, { input: { lines, expiresAt: 'soon' } }],
    ])('is refused as a mistake of whoever asks: %s', async (_, query, variables) => {
      const { errors = [] } = await shop().staff.answer(query, variables);
      expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
      expect(errors[0]?.message).toMatch(/soon|not a valid LocalDate/);
    });
  });
