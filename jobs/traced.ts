import { SpanKind } from '@opentelemetry/api';
import { inSpan, traceIn } from '@waybill/kernel/tracing.js';
import type { DomainEvent } from '@waybill/schema/events.js';
import type { Job } from 'bullmq';

/** How a job is done for an event; a bundle's for each of its events. */
export type EventHandler = (event: DomainEvent, job: Job) => Promise<unknown>;

/** Each attempt at an event as a span of the trace that it came from; one of its own where it came from none. */
export function traced(handle: EventHandler): EventHandler {
  return (event, job) => {
    const span = {
      kind: SpanKind.CONSUMER,
      attributes: attributesOf(event, job),
      parent: traceIn(event),
    };
    return inSpan(`process ${job.queueName}`, span, () => handle(event, job));
  };
}

/** OpenTelemetry's semantic conventions for messaging. */
function attributesOf({ id, type }: DomainEvent, { queueName, attemptsMade }: Job) {
  return {
    'messaging.system': 'bullmq',
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'process',
    'messaging.destination.name': queueName,
    'messaging.message.id': id,
    'messaging.bullmq.job.name': type,
    'messaging.bullmq.job.attempt': attemptsMade + 1,
  };
}
