import { describe, expect, it } from 'vitest';
import { lines } from './progress.js';

describe('progress without a terminal', () => {
  it('is a line every five seconds and one at the end', () => {
    let [text, now] = ['', 0];
    const phase = lines(
      (line) => {
        text += line;
      },
      () => now,
    )('place', 30);
    phase.advance();
    now = 4_999;
    phase.advance(4);
    expect(text).toBe('');
    now = 5_000;
    phase.advance(5);
    expect(text).toBe('place: 10 of 30\n');
    phase.advance(20);
    phase.done();
    expect(text).toBe('place: 10 of 30\nplace: 30 of 30\n');
  });
});
