import { SpanKind } from '@opentelemetry/api';
import { inSpan, traceIn } from '@waybill/kernel/tracing.js';
import type { StoredEvent } from '@waybill/schema/commands.js';
import type { Job } from 'bullmq';

/** Each attempt at a job as a span of the trace that its event came from; one of its own where it came from none. */
export function traced<Result>(
  handle: (job: Job) => Promise<Result>,
): (job: Job) => Promise<Result> {
  return (job) => {
    const span = {
      kind: SpanKind.CONSUMER,
      attributes: attributesOf(job),
      parent: traceIn(job.data as StoredEvent),
    };
    return inSpan(`process ${job.queueName}`, span, () => handle(job));
  };
}

/** OpenTelemetry's semantic conventions for messaging. */
function attributesOf({ queueName, id, name, attemptsMade }: Job) {
  return {
    'messaging.system': 'bullmq',
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'process',
    'messaging.destination.name': queueName,
    'messaging.message.id': id,
    'messaging.bullmq.job.name': name,
    'messaging.bullmq.job.attempt': attemptsMade + 1,
  };
}
