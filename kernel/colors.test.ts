import { expect, it } from 'vitest';
import { wantsColors } from './colors.js';

const terminal = { isTTY: true };
const pipe = {};

it.each([
  ['at a terminal', terminal, {}, true],
  ['at one that knows none', terminal, { TERM: 'dumb' }, false],
  ['piped', pipe, {}, false],
  ['piped, on a build server', pipe, { CI: 'true' }, false],
  ['told not to', terminal, { NO_COLOR: '1' }, false],
  ['told to', pipe, { FORCE_COLOR: '1' }, true],
  ['told both', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
])('%s', (_, output, env, expected) => {
  expect(wantsColors(output, env)).toBe(expected);
});
