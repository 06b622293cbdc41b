import type { Waybill } from '@waybill/deploy/waybill.js';
import { testTerminal } from '@waybill/scripts/command-line/testing.js';
import { demo } from '@waybill/scripts/demo.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestWaybill } from '../../support/waybill.js';

let waybill: Waybill;
beforeAll(async () => {
  waybill = await startTestWaybill();
});
afterAll(() => waybill?.close());

describe('npm run demo', () => {
  it('tells of an order that is confirmed and of one that fails', async () => {
    const terminal = testTerminal('--url', waybill.url);
    expect(await demo(terminal)).toBe(0);
    const lines = terminal.stdout.split('\n');
    const steps = lines.flatMap(
      (line) => /^ +(\d+) {2}([A-Z]+) +\d+/.exec(line)?.slice(1, 3) ?? [],
    );
    expect(steps.slice(0, 10).filter((_, i) => i % 2 === 1)).toEqual([
      'PENDING',
      'VALIDATED',
      'RESERVED',
      'AUTHORIZED',
      'CONFIRMED',
    ]);
    expect(steps.at(-1)).toBe('FAILED');
    expect(terminal.stdout).toContain('✓ its stock is released: 238 available before, 238 after');
    expect(terminal.stdout).toContain("✓ both are in the customer's list of orders");
    expect(terminal.stdout).not.toContain('\u001b');
    expect(terminal.stderr).toBe('');
  });

  it('ends with exit code 1 and one line where nothing answers', async () => {
    const terminal = testTerminal('--url', 'http://127.0.0.1:9');
    expect(await demo(terminal)).toBe(1);
    expect(terminal.stderr).toBe(
      'error: nothing answers at http://127.0.0.1:9: run npm start first\n',
    );
  });
});
