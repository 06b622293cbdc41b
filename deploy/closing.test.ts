import { describe, expect, it } from 'vitest';
import { closing, startedTogether } from './closing.js';

describe('closing', () => {
  it('stops the newest part first, and everything once', async () => {
    const stopped: string[] = [];
    const parts = closing();
    parts.add(() => stopped.push('database'));
    parts.add(async () => stopped.push('server'));
    await Promise.all([parts.close(), parts.close()]);
    expect(stopped).toEqual(['server', 'database']);
  });

  it('tells each part by when it has to be over', async () => {
    const told: number[] = [];
    const parts = closing();
    parts.add((by) => told.push(by));
    parts.add((by) => told.push(by));
    await parts.close(4711);
    expect(told).toEqual([4711, 4711]);
  });

  it('stops the others when one part fails to', async () => {
    const stopped: string[] = [];
    const parts = closing();
    parts.add(() => stopped.push('database'));
    parts.add(() => Promise.reject(new Error('stuck')));
    await expect(parts.close()).rejects.toThrow('some parts did not stop cleanly');
    expect(stopped).toEqual(['database']);
  });

  it('stops what was started when the rest cannot be', async () => {
    const stopped: string[] = [];
    const start = startedTogether(async (parts) => {
      parts.add(() => stopped.push('database'));
      throw new Error('port in use');
    });
    await expect(start).rejects.toThrow('port in use');
    expect(stopped).toEqual(['database']);
  });
});
