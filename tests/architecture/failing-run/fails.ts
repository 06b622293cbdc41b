import { expect, it } from 'vitest';

it('fails, so that failing-run.test.ts sees what comes of it', () => {
  expect(1).toBe(2);
});
