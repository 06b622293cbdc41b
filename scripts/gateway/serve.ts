import { listenFault } from '@waybill/deploy/fault.js';
import { runUntilStopped } from '@waybill/deploy/run-until-stopped.js';
import {
  createGateway,
  type Gateway,
  PersistedOperationsError,
  SupergraphError,
} from '@waybill/gateway/index.js';
import { createLog } from '@waybill/kernel/log.js';
import { Failure, UsageFailure } from '../command-line/failure.js';
import type { Terminal } from '../command-line/run-command.js';
import type { Flags } from './flags.js';
import { gatewayOptions } from './gateway-options.js';
import { screen } from './screen.js';

/** Serves until a signal comes, which ends the process; throws a Failure when that cannot begin. */
export async function serve(flags: Flags, terminal: Terminal): Promise<void> {
  const log = createLog('gateway', { level: 'info', pretty: process.stderr.isTTY ?? false });
  const options = gatewayOptions(flags, log);
  const gateway = await createGateway(options).catch((error) => explain(flags, error));
  try {
    requireKnown(flags, gateway);
    const { port } = await gateway.listen(flags.port, flags.host);
    await runUntilStopped({
      start: async () => terminal.out(screen(flags, gateway, port)),
      close: gateway.close,
    });
  } catch (error) {
    await gateway.close();
    const { message } = listenFault(error, '--port', flags.port) as Error;
    throw isListening(error) ? new Failure(message) : error;
  }
}

function isListening(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall === 'listen';
}

function explain({ operations }: Flags, error: unknown): never {
  if (error instanceof PersistedOperationsError) {
    throw new UsageFailure(`${operations}: ${error.message}`);
  }
  if (!(error instanceof SupergraphError)) throw error;
  const { code, message } = error;
  if (code === 'SUPERGRAPH_UNREADABLE') throw new UsageFailure(message);
  const mend = code === 'SUBGRAPH_WITHOUT_SOURCE' ? ': give --subgraph <name>=<url>' : '';
  throw new Failure(`${message}${mend}`);
}

/** A url for a subgraph that does not exist is a mistake in its name. */
function requireKnown({ subgraph }: Flags, { engine }: Gateway): void {
  const names = Object.keys(engine.sources.current);
  const unknown = Object.keys(subgraph).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new UsageFailure(`no subgraph is called ${unknown}: there are ${names.join(', ')}`);
}
