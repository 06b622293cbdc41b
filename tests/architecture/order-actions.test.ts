import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTIONS } from '@waybill/orders/actions/actions.js';
import { repositoryRoot } from '@waybill/scripts/check/source-files.js';
import { parse, visit } from 'graphql';
import { expect, it } from 'vitest';

/** They begin an order, or take one over that its asker cannot see before: there is none to tell of them. */
const OF_NO_ORDER = ['createDraft', 'mergeDraft', 'placeOrder', 'saveWorkflow'];

/** `Order.nextStatuses` tells where it can be brought. */
const BY_WORKFLOW = ['moveOrder'];

it('every mutation on orders belongs to an action that `Order.actions` tells of', () => {
  const sdl = readFileSync(join(repositoryRoot(), 'schema/subgraphs/orders.graphql'), 'utf8');
  const mutations: string[] = [];
  visit(parse(sdl), {
    ObjectTypeDefinition: ({ name, fields }) => {
      if (name.value === 'Mutation')
        mutations.push(...(fields ?? []).map((each) => each.name.value));
    },
  });
  const told = new Set(Object.values(ACTIONS).map(({ mutation }) => mutation));
  expect([...told, ...OF_NO_ORDER, ...BY_WORKFLOW].toSorted()).toEqual(mutations.toSorted());
});
