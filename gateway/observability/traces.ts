import { context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { failSpan, inSpan, isLeftOut, traceIn, tracer } from '@waybill/kernel/tracing.js';
import type { GraphQLFormattedError } from 'graphql';
import type { DataSource } from '../data-sources/data-source.js';
import type { AnswerStream, Operation } from '../operation.js';
import type { HttpHandler, Watcher } from './watcher.js';

/**
 * OpenTelemetry traces: of requests, the operations they run, what is planned for them and what is fetched. A trace
 * comes in and goes on by W3C Trace Context. Names follow the semantic conventions for HTTP and GraphQL; the text of
 * operations and their variables stay out.
 */
export class Traces implements Watcher {
  http(handle: HttpHandler): HttpHandler {
    return (request, response) => {
      const { method = '', headers } = request;
      const attributes = { 'http.request.method': method, 'http.route': '/graphql' };
      const options = { kind: SpanKind.SERVER, attributes, parent: traceIn(headers) };
      return inSpan(`${method} /graphql`, options, async (span) => {
        await handle(request, response);
        span?.setAttribute('http.response.status_code', response.statusCode);
        if (response.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
      });
    };
  }

  message<Answer>(headers: object, answer: () => Promise<Answer>): Promise<Answer> {
    const attributes = {
      'http.route': '/graphql',
      'network.protocol.name': 'graphql-transport-ws',
    };
    const options = { kind: SpanKind.SERVER, attributes, parent: traceIn(headers) };
    return inSpan('graphql-transport-ws', options, answer);
  }

  operation(operation: Operation, registered: boolean): Operation {
    const { kind, name } = operation;
    const attributes = {
      'graphql.operation.type': kind,
      ...(name && { 'graphql.operation.name': name }),
    };
    // Clients may call an operation anything, and spans are grouped by their names.
    const spanName = registered && name ? `${kind} ${name}` : kind;
    const options = () => ({ attributes, parent: context.active() });
    return {
      ...operation,
      run: (variables, request) => {
        if (isLeftOut()) return operation.run(variables, request);
        return inSpan(spanName, options(), async (span) => {
          const answer = await operation.run(variables, request);
          tellErrors(span, answer.errors);
          return answer;
        });
      },
      subscribe: (variables, request) =>
        inSpan(spanName, options(), async (span) => {
          const answer = await operation.subscribe(variables, request);
          if (Symbol.asyncIterator in answer) return outsideOfTraces(answer);
          tellErrors(span, answer.errors);
          return answer;
        }),
    };
  }

  compiling(compile: () => Operation): Operation {
    const span = context.active() === ROOT_CONTEXT ? undefined : tracer()?.startSpan('plan');
    try {
      return compile();
    } catch (error) {
      if (span) failSpan(span, error);
      throw error;
    } finally {
      span?.end();
    }
  }

  source(name: string, source: DataSource): DataSource {
    const attributes = { 'graphql.subgraph.name': name };
    const options = { kind: SpanKind.CLIENT, attributes };
    return {
      ready: () => source.ready(),
      close: () => source.close(),
      execute: (request, call) => {
        if (isLeftOut()) return source.execute(request, call);
        return inSpan(`fetch ${name}`, options, async (span) => {
          const answer = await source.execute(request, call);
          tellErrors(span, answer.errors);
          return answer;
        });
      },
      subscribe: (request) =>
        inSpan(`subscribe ${name}`, options, async () => source.subscribe(request)),
    };
  }
}

/** Codes only: messages may quote what a client sent. */
function tellErrors(span: Span | undefined, errors: readonly GraphQLFormattedError[] = []): void {
  const [first] = errors;
  if (!span || !first) return;
  span.setAttribute('error.type', String(first.extensions?.code ?? 'unknown'));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** A trace is over long before a stream is: what its events set off belongs to none. */
function outsideOfTraces(stream: AnswerStream): AnswerStream {
  return {
    next: () => context.with(ROOT_CONTEXT, () => stream.next()),
    return: async () => (await stream.return?.()) ?? { value: undefined, done: true },
    throw: async (error) => (await stream.throw?.(error)) ?? { value: undefined, done: true },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
