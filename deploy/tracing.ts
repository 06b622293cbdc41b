import { DiagLogLevel, diag } from '@opentelemetry/api';
import type { Log } from '@waybill/kernel/log.js';
import type { Environment } from './settings.js';

/** Milliseconds that the last spans have to leave, once everything else has stopped. */
const LAST_SPANS_MS = 1_000;

/** Puts OpenTelemetry's variables of a `.env` file where its SDK looks for them, here and in processes of ours. */
export function shareTracingSettings(environment: Environment): void {
  for (const [name, value] of Object.entries(environment)) {
    if (name.startsWith('OTEL_')) process.env[name] ??= value;
  }
}

/**
 * Sets OpenTelemetry up in this process, if its standard variables say where traces go: `OTEL_EXPORTER_OTLP_ENDPOINT`
 * or the one for traces alone. Answers what sends the last spans and ends it. To be called before whatever is traced.
 */
export async function startTracing(service: string, log: Log): Promise<() => Promise<void>> {
  if (!isWanted(process.env)) return async () => {};
  tellFailures(process.env, log);
  // Who does not trace does not wait for all this to load.
  const { openTelemetry } = await import('./open-telemetry.js');
  const provider = openTelemetry(service);
  return async () => {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LAST_SPANS_MS);
    await Promise.race([provider.shutdown(), late]).catch(() => {});
    clearTimeout(timer);
  };
}

function isWanted(given: Environment): boolean {
  if (given.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  if (given.OTEL_TRACES_EXPORTER === 'none') return false;
  return Boolean(given.OTEL_EXPORTER_OTLP_ENDPOINT || given.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
}

/** A collector that is away is no reason to fail, but one to say so. */
function tellFailures({ OTEL_EXPORTER_OTLP_PROTOCOL: protocol }: Environment, log: Log): void {
  if (protocol === 'grpc') {
    log.warn('Traces are sent by http/json, not by grpc: OTEL_EXPORTER_OTLP_ENDPOINT must take it');
  }
  const tell = (message: string) => log.warn({ reason: message }, 'Traces could not be sent');
  const ignore = () => {};
  const logger = { error: tell, warn: tell, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}
