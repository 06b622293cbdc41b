/**
 * What one bounded context may ask of another, inside the system only. A command is idempotent by its natural key
 * (named per command): asked again it does nothing new and answers the same, so a job may repeat it after a crash.
 * Amounts are integers in minor units (pence); times are ISO 8601; ids are bare UUIDs.
 */
export interface Command<Input, Output> {
  input: Input;
  output: Output;
}

export type ForgetKeys = Command<{ olderThanHours: number; limit: number }, { forgotten: number }>;

/** An event as the outbox stores and publishes it. Its id is also the id of the job that it starts. */
export interface StoredEvent {
  id: string;
  type: string;
  /** The bare id of what the event is about: an order. */
  subject: string;
  data: unknown;
  /** The trace that it goes on in, by W3C Trace Context; absent where nothing is traced. */
  traceparent?: string;
}
