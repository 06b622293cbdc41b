import { ANONYMOUS } from '@waybill/kernel/identity.js';
import type { ExecutionResult } from 'graphql';
import { distributedGateway } from '../../testing/distributed-graph.js';
import { graphOf, testGateway } from '../../testing/graph.js';
import { type Question, stockGateway } from '../../testing/oracle.js';
import { textOf } from '../../written-answer.js';
import type { Kind } from './kind.js';

export type Ask = (question: Question) => Promise<ExecutionResult>;
export type ThreeGateways = Awaited<ReturnType<typeof threeGateways>>;

/** Stock Apollo Gateway and ours, in process and over HTTP, each over subgraphs of its own. */
export async function threeGateways(kind: Kind) {
  const stock = await stockGateway(graphOf(kind.subgraphs()));
  const inProcess = await testGateway(
    { maskErrors: false, limits: false },
    graphOf(kind.subgraphs()),
  );
  const overHttp = await distributedGateway(
    { maskErrors: false, limits: false },
    graphOf(kind.subgraphs()),
  );
  const requestId = 'oracle-request';
  return {
    stock: stock.ask,
    inProcess: (question: Question) => inProcess.gateway.execute({ ...question, requestId }),
    /** What ours in process sends where the answer's text is all that is wanted. */
    text: async ({ query, variables = {}, operationName }: Question) => {
      const { operations } = inProcess.gateway.engine;
      const context = { identity: ANONYMOUS, requestId, text: true };
      return textOf(await operations.adHoc(query, operationName).run(variables, context));
    },
    overHttp: (question: Question) => overHttp.gateway.execute({ ...question, requestId }),
    schema: inProcess.gateway.engine.operations.graph.apiSchema,
    close: async () => {
      await Promise.all([stock.stop(), inProcess.gateway.close(), overHttp.close()]);
    },
  };
}
