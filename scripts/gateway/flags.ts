import { forwardable } from '@waybill/gateway/forwarded-headers.js';
import { Command, InvalidArgumentError, Option } from 'commander';
import { UsageFailure } from '../command-line/failure.js';
import { webAddress } from '../command-line/options.js';

/** How the command was called. */
export interface Flags {
  supergraph: string;
  /** Urls of subgraphs by name, instead of those in the supergraph. */
  subgraph: Readonly<Record<string, string>>;
  host: string;
  port: number;
  open?: boolean;
  jwks?: string;
  jwtIssuer?: string;
  jwtAudience?: string;
  allowAnonymous?: boolean;
  operations?: string;
  forwardHeader: readonly string[];
  metrics?: boolean;
  pipelining: number;
}

export function gatewayFlags(): Command {
  return new Command('gateway')
    .description(
      'Serves a supergraph over HTTP and WebSocket; a changed file is taken over while running.\n' +
        'Callers need a token (--jwks), unless it is --open.',
    )
    .option('--supergraph <file>', 'the composed supergraph (SDL)')
    .addOption(subgraphOption())
    .option('--host <address>', 'where to listen; 0.0.0.0 for everywhere', '127.0.0.1')
    .option('--port <number>', 'where to listen; 0 takes a free one', port, 4000)
    .addOption(openOption())
    .option('--jwks <url>', "the public keys of the tokens' issuer", webAddress)
    .option('--jwt-issuer <name>', 'the "iss" that tokens must have')
    .option('--jwt-audience <name>', 'the "aud" that tokens must have')
    .option('--allow-anonymous', 'let callers in who have no token')
    .option('--operations <file>', 'a manifest of persisted operations; no others are run')
    .addOption(headerOption())
    .option('--metrics', 'serve metrics for Prometheus at /metrics')
    .addOption(pipeliningOption());
}

/** Throws a UsageFailure for flags that do not go together. */
export function flagsOf(flags: Partial<Flags>): Flags {
  const { supergraph, open, jwks } = flags;
  const needingKeys = ['jwtIssuer', 'jwtAudience', 'allowAnonymous'] as const;
  if (supergraph === undefined) {
    throw new UsageFailure('it is not said what to serve: give --supergraph <file>');
  }
  if (!open && jwks === undefined) {
    throw new UsageFailure(
      'it is not said who may ask: give --jwks <url>, or --open for everybody',
    );
  }
  if (!open || needingKeys.every((name) => flags[name] === undefined)) return flags as Flags;
  throw new UsageFailure('nobody needs a token with --open: leave out what is said about tokens');
}

function openOption(): Option {
  const text = 'leave authentication, safelisting and limits off; with GraphiQL and introspection';
  return new Option('--open', text).conflicts('jwks');
}

function subgraphOption(): Option {
  const text = 'where a subgraph is, instead of where the supergraph says; can be repeated';
  return new Option('--subgraph <name=url>', text)
    .default({}, 'as in the supergraph')
    .argParser((given, before: Record<string, string>) => {
      const [, name, url] = /^([^=]+)=(.+)$/.exec(given) ?? [];
      if (!name || !url)
        throw new InvalidArgumentError('It must be like reviews=http://host/graphql.');
      return { ...before, [name]: webAddress(url) };
    });
}

function pipeliningOption(): Option {
  const text = 'quick reads that may share a connection, for subgraphs that work on all at once';
  return new Option('--pipelining <reads>', text).default(1).argParser((given) => {
    if (/^[1-9]\d?$/.test(given)) return Number(given);
    throw new InvalidArgumentError('It must be a whole number from 1 to 99.');
  });
}

function headerOption(): Option {
  const text = "a header of clients' requests that subgraphs get; can be repeated";
  return new Option('--forward-header <name>', text)
    .default([], 'none')
    .argParser((name, before: string[]) => [...before, headerName(name)]);
}

function headerName(text: string): string {
  try {
    return forwardable(text);
  } catch (error) {
    throw new InvalidArgumentError((error as TypeError).message);
  }
}

function port(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
}
