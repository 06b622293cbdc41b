import {
  type ExitCode,
  processTerminal,
  runCommand,
  type Terminal,
} from './command-line/run-command.js';
import { type Flags, flagsOf, gatewayFlags } from './gateway/flags.js';

/** `npm run gateway`: serves any supergraph, until it is told to stop. */
export function gatewayCommand(terminal: Terminal): Promise<ExitCode> {
  return runCommand(gatewayFlags(), terminal, async (command) => {
    const flags = flagsOf(command.opts<Flags>());
    // What plans operations takes a while to load, and is not needed to say how the command is called.
    const { serve } = await import('./gateway/serve.js');
    await serve(flags, terminal);
    return 0;
  });
}

if (import.meta.main) process.exitCode = await gatewayCommand(processTerminal());
