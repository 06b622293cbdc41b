import { readFileSync } from 'node:fs';
import {
  type DataSourceFor,
  type GatewayLog,
  type GatewayOptions,
  httpSource,
  jwtAuthentication,
  type PersistedOperationsInput,
} from '@waybill/gateway/index.js';
import { UsageFailure } from '../command-line/failure.js';
import type { Flags } from './flags.js';

/** Milliseconds for what is in flight when the gateway stops: the whole process has five seconds. */
const DRAIN_MS = 4_000;

/** The gateway that the flags ask for. Throws a UsageFailure. */
export function gatewayOptions(flags: Flags, log: GatewayLog): GatewayOptions {
  const { supergraph, operations, forwardHeader, metrics } = flags;
  return {
    supergraphFile: supergraph,
    watch: true,
    dataSources: sourcesBy(flags),
    forwardHeaders: forwardHeader,
    ...(operations !== undefined && { persistedOperations: readOperations(operations) }),
    ...(flags.open ? OPEN : guarded(flags)),
    ...(metrics && { metrics: {} }),
    shutdownDeadlineMs: DRAIN_MS,
    log,
  };
}

const OPEN = {
  allowAdHoc: true,
  limits: false,
  introspection: true,
  maskErrors: false,
  graphiql: {},
} satisfies Partial<GatewayOptions>;

function guarded({ jwks = '', operations, ...flags }: Flags): Partial<GatewayOptions> {
  const { jwtIssuer: issuer, jwtAudience: audience, allowAnonymous = false } = flags;
  return {
    allowAdHoc: operations === undefined,
    introspection: false,
    authenticate: jwtAuthentication({
      ...{ jwks, allowAnonymous },
      ...(issuer !== undefined && { issuer }),
      ...(audience !== undefined && { audience }),
    }),
  };
}

function sourcesBy({ subgraph: urls, pipelining }: Flags): DataSourceFor {
  return ({ name, url: named }) => {
    const url = urls[name] ?? named;
    return /^https?:/.test(url) && URL.canParse(url) ? httpSource({ url, pipelining }) : undefined;
  };
}

function readOperations(file: string): PersistedOperationsInput {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageFailure(`${file}: ${code === 'ENOENT' ? 'there is no such file' : message}`);
  }
}
