import { stat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { createPasswords } from './passwords.js';

it('hashes with argon2id, 19 MiB, two passes and a salt of its own', async () => {
  const passwords = await createPasswords();
  const [one, other] = await Promise.all([passwords.hash('secret'), passwords.hash('secret')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(other).not.toBe(one);
});

it('knows the right password, in either form of Unicode, from a wrong one', async () => {
  const passwords = await createPasswords();
  const hash = await passwords.hash('caf\u00e9 au lait');
  expect(await passwords.verify(hash, 'cafe\u0301 au lait')).toBe(true);
  expect(await passwords.verify(hash, 'cafe au lait')).toBe(false);
});

it('refuses every password where there is no hash, and takes as long', async () => {
  const passwords = await createPasswords();
  const hash = await passwords.hash('secret');
  const known: number[] = [];
  const unknown: number[] = [];
  for (let i = 0; i < 15; i++) {
    known.push(await timed(() => passwords.verify(hash, 'wrong')));
    unknown.push(await timed(() => passwords.verify(undefined, 'wrong')));
  }
  expect(await passwords.verify(null, '')).toBe(false);
  // The fastest of many says what the work takes; the others say how busy the machine is.
  const ratio = Math.min(...unknown) / Math.min(...known);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

it('answers everybody when many come at once', async () => {
  const passwords = await createPasswords();
  const hash = await passwords.hash('secret');
  const guesses = Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? 'secret' : `guess ${i}`));
  const answers = await Promise.all(guesses.map((guess) => passwords.verify(hash, guess)));
  expect(answers).toEqual(guesses.map((guess) => guess === 'secret'));
});

it('computes a crowd of them beside other work, which goes on meanwhile', async () => {
  const passwords = await createPasswords();
  const hash = await passwords.hash('secret');
  let hashed = 0;
  const guesses = Array.from({ length: 16 }, () =>
    passwords.verify(hash, 'guess').then(() => {
      hashed += 1;
    }),
  );
  // Files are read by the thread pool that hashes, too.
  for (let read = 0; read < 3; read += 1) await stat('.');
  const meanwhile = hashed;
  await Promise.all(guesses);
  expect(meanwhile).toBeLessThan(16);
});

it('lets no more wait than there is room for', async () => {
  const passwords = await createPasswords(3);
  const hash = await passwords.hash('secret');
  const guesses = Array.from({ length: 8 }, () => passwords.verify(hash, 'secret'));
  const answers = await Promise.allSettled(guesses);
  const computed = answers.filter(({ status }) => status === 'fulfilled').length;
  // One or two are not waiting: that depends on the machine.
  expect([4, 5]).toContain(computed);
  for (const answer of answers.slice(computed)) {
    expect(answer).toMatchObject({ reason: { extensions: { code: 'TOO_MANY_REQUESTS' } } });
  }
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
