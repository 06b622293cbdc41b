import { expect, it } from 'vitest';
import { newApiKey, readApiKey } from './api-key.js';
import { newId } from './ids.js';

it('is read as it was made, and no two have the same secret', () => {
  const keyId = newId();
  const [one, other] = [newApiKey(keyId), newApiKey(keyId)];
  expect(one.text).toMatch(/^wb_live_[0-9a-f]{32}_[\w-]{43}$/);
  expect(readApiKey(one.text)).toEqual({ keyId, secretHash: one.secretHash });
  expect(one.secretHash).not.toBe(other.secretHash);
  expect(one.text).not.toContain(one.secretHash);
});

it('has one spelling', () => {
  const { text } = newApiKey(newId());
  const others = [
    text.toUpperCase(),
    `${text}=`,
    `${text}\n`,
    ` ${text}`,
    text.slice(0, -1),
    text.replace('live', 'test'),
    '',
    'wb_live__',
  ];
  for (const other of others) expect(readApiKey(other)).toBeUndefined();
});
