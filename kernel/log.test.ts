import { expect, it } from 'vitest';
import { createLog } from './log.js';

function written(write: (log: ReturnType<typeof createLog>) => void): unknown[] {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  write(createLog('test', { level: 'info', pretty: false, destination }));
  return lines.map((line) => JSON.parse(line));
}

it('is one JSON object per line, from its level on', () => {
  const lines = written((log) => {
    log.debug('too little');
    log.info({ requestId: 'r-1' }, 'two\nlines');
  });
  expect(lines).toMatchObject([{ name: 'test', level: 30, requestId: 'r-1', msg: 'two\nlines' }]);
});

it('holds no secret', () => {
  const secret = { password: 'hidden', token: 'hidden', authorization: 'hidden' };
  const err = Object.assign(new Error('no'), { detail: 'Failing row contains (hidden)' });
  const lines = written((log) =>
    log.error({ ...secret, headers: secret, input: secret, err }, 'x'),
  );
  expect(JSON.stringify(lines)).not.toContain('hidden');
  expect(lines).toMatchObject([{ err: { message: 'no' } }]);
});
