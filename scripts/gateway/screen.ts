import type { Gateway } from '@waybill/gateway/index.js';
import type { Flags } from './flags.js';

/** What stands on the screen once the gateway serves. */
export function screen(flags: Flags, gateway: Gateway, port: number): string {
  const host = ['0.0.0.0', '::'].includes(flags.host) ? 'localhost' : flags.host;
  const at = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const subgraphs = Object.keys(gateway.engine.sources.current);
  const rows: Array<[name: string, value: string]> = [
    ['GraphQL', `http://${at}/graphql`],
    ['WebSocket', `ws://${at}/graphql`],
    ...(flags.open ? [['GraphiQL', `http://${at}/graphiql`] as [string, string]] : []),
    ['Health', `http://${at}/ready`],
    ...(flags.metrics ? [['Metrics', `http://${at}/metrics`] as [string, string]] : []),
    ['Subgraphs', subgraphs.join(', ')],
    ['Callers', callers(flags)],
    ['Operations', operations(flags)],
  ];
  const lines = rows.map(([name, value]) => `  ${name.padEnd(11)}${value}\n`);
  return `The gateway is ready\n\n${lines.join('')}\nCtrl-C stops it.\n`;
}

function callers({ open, jwks, allowAnonymous }: Flags): string {
  if (open) return 'everybody, without limits';
  const tokens = `those with a token of ${jwks}`;
  return allowAnonymous ? `${tokens}, and those without any` : tokens;
}

function operations({ open, operations: file }: Flags): string {
  return open || file === undefined ? 'any' : `those in ${file}`;
}
