import { describe, expect, it } from 'vitest';
import { parseBusy, parsePeakMb, parseResidentMb, parseStat } from './proc.js';

describe('parseStat', () => {
  const times = '0 -1 4194560 100 0 5 0 1234 66 250 50 20 0 11 0 500';

  it('adds up user and system time, and apart from it that of ended children', () => {
    expect(parseStat(`42 (node) S 1 42 42 ${times}`)).toEqual({ own: 13, ended: 3 });
  });

  it('is not misled by the name of the program', () => {
    expect(parseStat(`42 (a) b (c 9) S 1 42 42 ${times}`)).toEqual({ own: 13, ended: 3 });
  });
});

describe('parsePeakMb', () => {
  it('finds the most memory that was resident', () => {
    expect(parsePeakMb('Name:\tnode\nVmHWM:\t  500000 kB\nVmRSS:\t  400000 kB\n')).toBe(512);
  });

  it('knows none of a kernel thread', () => {
    expect(parsePeakMb('Name:\tkthreadd\n')).toBeUndefined();
  });
});

it('finds the memory that is resident now', () => {
  expect(parseResidentMb('VmHWM:\t  500000 kB\nVmRSS:\t  250000 kB\n')).toBe(256);
});

describe('parseBusy', () => {
  it('leaves out idle time and waiting for disks', () => {
    const line = 'cpu  1000 100 500 90000 8000 20 30 50 0 0';
    expect(parseBusy(`${line}\ncpu0 1 2 3 4 5 6 7 8 0 0\n`)).toBe(17);
  });
});
