import { closing } from '@waybill/deploy/closing.js';
import { processTerminal } from '@waybill/scripts/command-line/run-command.js';
import { benchCommand } from './command.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

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
const exitCode = await benchCommand({ ...terminal, err }, parts);
if (!stopping) process.exit(exitCode);
