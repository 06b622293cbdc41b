import {
  ApproveOperationsDocument,
  ListOperationsDocument,
  type ListOperationsQuery,
  RejectOperationsDocument,
  RetireOperationsDocument,
} from '@waybill/schema/generated/graphql.js';
import type { Command } from 'commander';
import type { Client } from '../client.js';
import { Failure } from '../command-line/failure.js';
import type { ExitCode, Terminal } from '../command-line/run-command.js';
import { drawTable } from '../command-line/table.js';
import { asking } from './session.js';

type Listed = NonNullable<ListOperationsQuery['partner']>['operations'];
type State = Listed[number]['state'];

export async function list(command: Command, terminal: Terminal): Promise<ExitCode> {
  const { state, unused, json } = command.opts<{
    state?: State;
    unused?: boolean;
    json?: boolean;
  }>();
  const all = await operationsOf(command, state);
  const shown = unused ? all.filter(({ uses }) => uses === 0) : all;
  terminal.out(json ? `${JSON.stringify(shown)}\n` : table(shown));
  return 0;
}

/** The approved operations in the format that clients and `npm run check` read. */
export async function exportManifest(command: Command, terminal: Terminal): Promise<ExitCode> {
  const approved = await operationsOf(command, 'APPROVED');
  const operations = approved.map(({ operationId, name, kind, text }) => ({
    ...{ id: operationId, name, type: kind.toLowerCase(), body: text },
  }));
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  terminal.out(`${JSON.stringify(manifest, null, 2)}\n`);
  return 0;
}

function operationsOf(command: Command, state: State | undefined): Promise<Listed> {
  return asking(command, async (client, { partner: id = null }) => {
    const variables = { partnerId: id, state: state ?? null };
    const { partner } = await client.run(ListOperationsDocument, variables);
    if (!partner) throw new Failure('there is no such partner: name one with --partner');
    return partner.operations;
  });
}

function table(operations: Listed): string {
  if (operations.length === 0) return 'There are no operations.\n';
  const head = ['id', 'name', 'kind', 'state', 'cost', 'uses', 'last used'];
  const rows = operations.map((each) => [
    each.operationId,
    each.name,
    each.kind.toLowerCase(),
    each.state,
    each.cost,
    each.uses,
    each.lastUsedAt ?? '',
  ]);
  return `${drawTable(head, [rows])}\n`;
}

type Decision = 'approve' | 'reject' | 'retire';

interface Decided {
  operations: Array<{ operationId: string; name: string; state: State }>;
  userErrors: Array<{ message: string }>;
}

export async function decide(
  decision: Decision,
  command: Command,
  terminal: Terminal,
): Promise<ExitCode> {
  const { operations, userErrors } = await asking(command, (client, { partner = null }) =>
    ask(client, decision, { partnerId: partner, operationIds: command.args }),
  );
  if (command.opts().json)
    terminal.out(`${JSON.stringify({ operations, refusals: userErrors })}\n`);
  else {
    const lines = operations.map(
      ({ operationId, name, state }) => `${operationId} ${name} ${state}\n`,
    );
    terminal.out(lines.join(''));
    for (const { message } of userErrors) terminal.err(`${message}\n`);
  }
  return userErrors.length > 0 ? 1 : 0;
}

interface Input {
  partnerId: string | null;
  operationIds: string[];
}

async function ask(client: Client, decision: Decision, input: Input): Promise<Decided> {
  switch (decision) {
    case 'approve':
      return (await client.run(ApproveOperationsDocument, { input })).approveOperations;
    case 'reject':
      return (await client.run(RejectOperationsDocument, { input })).rejectOperations;
    case 'retire':
      return (await client.run(RetireOperationsDocument, { input })).retireOperations;
  }
}
