import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DECLINES, declined } from './declines.js';

describe('a decline', () => {
  it.each(Object.entries(DECLINES))('%s', (decline_code, { hard, about }) => {
    const answer = { outcome: 'DECLINED', code: decline_code.toUpperCase(), hard };
    expect(declined({ code: 'card_declined', decline_code })).toEqual(answer);
    expect(about).toMatch(/\.$/);
  });

  it('is documented', () => {
    const page = readFileSync(new URL('../../../../docs/payments.md', import.meta.url), 'utf8');
    const [hardOnes, softOnes] = page.split('\nSoft:\n');
    for (const [code, { hard, about }] of Object.entries(DECLINES)) {
      expect(hard ? hardOnes : softOnes).toContain(`| \`${code.toUpperCase()}\` | ${about} |`);
    }
  });

  it('of a kind that came later, or that has no code, may be tried again', () => {
    expect(declined({ decline_code: 'brand_new' })).toMatchObject({ hard: false });
    expect(declined({ decline_code: 'constructor' })).toMatchObject({ hard: false });
    expect(declined({})).toMatchObject({ code: 'CARD_DECLINED', hard: false });
  });

  it('follows the advice of the bank', () => {
    const [soft, hard] = ['insufficient_funds', 'lost_card'];
    const never = { decline_code: soft, advice_code: 'do_not_try_again' };
    expect(declined(never)).toMatchObject({ hard: true });
    const later = { decline_code: hard, advice_code: 'try_again_later' };
    expect(declined(later)).toMatchObject({ hard: false });
  });
});
