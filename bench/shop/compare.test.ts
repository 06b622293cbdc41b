import { describe, expect, it } from 'vitest';
import { comparableOf } from './compare.js';
import { PAGE, type Question, type SearchContent } from './questions.js';

const question: Question = { kind: 'search', words: 'oak mug' };
const found = (...titles: string[]): SearchContent => ({
  products: titles.map((title) => ({ handle: title.toLowerCase(), title, lowest: 1, highest: 2 })),
});

describe('what searches are compared by', () => {
  it('is what they find, in whatever sequence', () => {
    const [one, other] = [
      found('Nordic oak mug', 'Floral oak mug'),
      found('Floral oak mug', 'Nordic oak mug'),
    ];
    expect(comparableOf(question, one)).toEqual(comparableOf(question, other));
    expect(comparableOf(question, one)).not.toEqual(
      comparableOf(question, found('Pastel oak mug')),
    );
  });

  it('is that all has the words where there is more than a page', () => {
    const page = Array.from({ length: PAGE }, () => 'Nordic oak mug');
    expect(comparableOf(question, found(...page))).toEqual({ products: [] });
    expect(() => comparableOf(question, found(...page.slice(1), 'Nordic oak jug'))).toThrow(/jug/);
  });

  it('is refused where nothing is found', () => {
    expect(() => comparableOf(question, found())).toThrow(/nothing/);
  });
});
