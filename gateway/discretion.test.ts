import { describe, expect, it } from 'vitest';
import { withoutSuggestions } from './discretion.js';
import { leastCpuMs } from './testing/cpu-time.js';

describe('a message without suggestions', () => {
  it.each([
    ['Cannot query field "a" on type "T".', 'Cannot query field "a" on type "T".'],
    ['Cannot query field "a". Did you mean "b", or "c"?', 'Cannot query field "a".'],
    ['Value "A" is no "E". Did you mean the enum value "B"? Look.', 'Value "A" is no "E". Look.'],
    ['One. Did you mean "b"?; Two. Did you mean "c"?', 'One.; Two.'],
    ['He asks "Did you mean it', 'He asks "Did you mean it'],
    ['', ''],
  ])('%s', (message, expected) => {
    expect(withoutSuggestions(message)).toBe(expected);
  });

  it('is found in time, whatever the message quotes', async () => {
    for (const text of ['Did you mean '.repeat(80_000), 'Did you mean ? '.repeat(70_000)]) {
      expect(await leastCpuMs(() => withoutSuggestions(text))).toBeLessThan(250);
    }
  });
});
