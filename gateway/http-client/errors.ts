/** Thrown for bytes that are no HTTP/1.1 answer. */
export class HttpProtocolError extends Error {
  override readonly name = 'HttpProtocolError';
}

/** The server answered more than is taken. */
export class AnswerTooLargeError extends Error {
  override readonly name = 'AnswerTooLargeError';
  constructor(readonly maxBytes: number) {
    super(`The subgraph answered more than ${maxBytes} bytes`);
  }
}

/** The connection could not be opened, or broke. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  constructor(
    message: string,
    /** A part of the answer had come already. */
    readonly answerBegun: boolean,
    cause?: Error,
  ) {
    super(message, { cause });
  }
}

/** The server did not answer in time. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}
