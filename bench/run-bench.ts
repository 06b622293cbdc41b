import { type Closing, closing } from '@waybill/deploy/closing.js';
import {
  type ExitCode,
  processTerminal,
  type Terminal,
} from '@waybill/scripts/command-line/run-command.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs a command that starts things, as this process: when it is told to stop, it ends all of them first. */
export async function runBench(
  command: (terminal: Terminal, parts: Closing) => Promise<ExitCode>,
): Promise<void> {
  const parts = closing();
  const terminal = processTerminal();
  let stopping = false;

  /** Ends everything that was started; what then fails because of it is not told. */
  function stop(): void {
    if (stopping) return;
    stopping = true;
    process.stderr.write('\nStopping …\n');
    void parts
      .close()
      .catch(() => {})
      .then(() => process.exit(130));
  }

  for (const signal of SIGNALS) process.on(signal, stop);
  const err = (text: string) => {
    if (!stopping) terminal.err(text);
  };
  const exitCode = await command({ ...terminal, err }, parts);
  if (!stopping) process.exit(exitCode);
}
