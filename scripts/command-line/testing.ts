import type { Terminal } from './run-command.js';

/** A terminal that remembers what was written to it. */
export interface TestTerminal extends Terminal {
  readonly stdout: string;
  readonly stderr: string;
}

export function testTerminal(...argv: string[]): TestTerminal {
  let [stdout, stderr] = ['', ''];
  return {
    argv,
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
  };
}
