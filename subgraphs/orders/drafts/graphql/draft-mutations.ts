import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { Asked } from '@waybill/kernel/idempotency.js';
import { isWithin } from '@waybill/kernel/identity.js';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { OrdersContext } from '../../context.js';
import { account, NO_UUID } from '../../graphql/account.js';
import { once, type WithinCall } from '../../once.js';
import { bareStorefront, orderId, presentOrder, userId } from '../../present.js';
import { findOrders } from '../../read-orders.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../../user-errors.js';
import { changeDraft, type DraftResult } from '../change-draft.js';
import type { DraftChange } from '../check-change.js';
import { type CreateDraftResult, createDraft } from '../create-draft.js';
import { discardDraft } from '../discard-draft.js';
import type { DraftRef } from '../draft.js';
import { keyOwner } from '../guest-token.js';
import { mergeDraft } from '../merge-draft.js';
import { placeDraft } from '../place-draft.js';
import type { Details } from '../write-draft.js';
import {
  AddDraftLinesInput,
  CreateDraftInput,
  DiscardDraftInput,
  MergeDraftInput,
  PlaceDraftInput,
  SetDraftLinesInput,
  UpdateDraftInput,
} from './draft-inputs.js';
import { CreateDraftPayload, DraftPayload } from './draft-types.js';

const INPUT = { description: 'What is asked.' };

@Resolver()
export class DraftMutations {
  @Access('ANYONE')
  @Mutation(() => CreateDraftPayload, {
    description:
      'Begins an order that is not placed yet. A customer has one open cart in each storefront: what is asked is added to it.',
  })
  async createDraft(
    @Arg('input', () => CreateDraftInput, INPUT) input: CreateDraftInput,
    @Ctx() context: OrdersContext,
  ): Promise<CreateDraftPayload> {
    const { identity } = context;
    if (identity.kind === 'anonymous' && input.idempotencyKey != null)
      return { order: null, token: null, userErrors: [NO_KEY] };
    const { lines, charges, customerId: named } = input;
    const customerId = named == null ? named : (userId.decode(named) ?? NO_UUID);
    const request = {
      customerId,
      storefrontId: bareStorefront(input.storefrontId),
      change: { lines, how: 'add' as const, ...given({ charges }), details: detailsOf(input) },
    };
    const nothing = { orderId: null, token: null };
    const asked = { mutation: 'createDraft', input, nothing };
    const result = await once<CreateDraftResult>(context, asked, (within) =>
      createDraft(within, identity, request),
    );
    return { ...(await payload(context, result)), token: result.token };
  }

  @Access('OWNER')
  @Mutation(() => DraftPayload, { description: 'Puts goods into a draft, many at once.' })
  addDraftLines(
    @Arg('input', () => AddDraftLinesInput, INPUT) input: AddDraftLinesInput,
    @Ctx() context: OrdersContext,
  ): Promise<DraftPayload> {
    const change: DraftChange = { lines: input.lines, how: 'add', details: {} };
    return changed(context, 'addDraftLines', input, change);
  }

  @Access('OWNER')
  @Mutation(() => DraftPayload, {
    description: 'Says how many units a draft has of what, many at once; 0 removes.',
  })
  setDraftLines(
    @Arg('input', () => SetDraftLinesInput, INPUT) input: SetDraftLinesInput,
    @Ctx() context: OrdersContext,
  ): Promise<DraftPayload> {
    const { lines, charges, replaceAll } = input;
    const how = replaceAll ? 'replace' : 'set';
    const change: DraftChange = { lines, how, ...given({ charges }), details: {} };
    return changed(context, 'setDraftLines', input, change);
  }

  @Access('OWNER')
  @Mutation(() => DraftPayload, {
    description: 'Says where a draft goes, how it is paid and who hears of it.',
  })
  updateDraft(
    @Arg('input', () => UpdateDraftInput, INPUT) input: UpdateDraftInput,
    @Ctx() context: OrdersContext,
  ): Promise<DraftPayload> {
    const change: DraftChange = { lines: [], how: 'add', details: detailsOf(input) };
    return changed(context, 'updateDraft', input, change);
  }

  @Access('OWNER')
  @Mutation(() => DraftPayload, {
    description:
      'Places a draft at the prices of this moment. Refused, it stays a draft: read its `quote`.',
  })
  async placeDraft(
    @Arg('input', () => PlaceDraftInput, INPUT) input: PlaceDraftInput,
    @Ctx() context: OrdersContext,
  ): Promise<DraftPayload> {
    const { idempotencyKey, expectedTotal, payments } = input;
    const placement = { ...refOf(input), idempotencyKey, expectedTotal, payments };
    return payload(context, await placeDraft(context, context.identity, placement));
  }

  @Access('OWNER')
  @Mutation(() => DraftPayload, { description: 'Throws a draft away.' })
  async discardDraft(
    @Arg('input', () => DiscardDraftInput, INPUT) input: DiscardDraftInput,
    @Ctx() context: OrdersContext,
  ): Promise<DraftPayload> {
    const result = await onceFor(context, 'discardDraft', input, (within) =>
      discardDraft(within, context.identity, refOf(input)),
    );
    return payload(context, result);
  }

  @Access('SIGNED_IN')
  @Mutation(() => DraftPayload, {
    description:
      "After log-in: a guest's draft becomes your cart, or is added to the one you have.",
  })
  async mergeDraft(
    @Arg('input', () => MergeDraftInput, INPUT) input: MergeDraftInput,
    @Ctx() context: OrdersContext,
  ): Promise<DraftPayload> {
    const identity = account(context.identity);
    const asked = { mutation: 'mergeDraft', input, nothing: { orderId: null } };
    const result = await once<DraftResult>(context, asked, (within) =>
      mergeDraft(within, identity, input),
    );
    return payload(context, result);
  }
}

const NO_KEY: OrdersUserError = userError(
  Code.INVALID_INPUT,
  'Nobody could be told the token again: leave the key out. A draft too many ends by itself.',
  ['idempotencyKey'],
);

interface Reference {
  draftId?: string | null;
  token?: string | null;
  storefrontId?: string | null;
  idempotencyKey?: string | null;
}

function refOf({ draftId, token, storefrontId }: Reference): DraftRef {
  return {
    ...(storefrontId != null && { storefrontId: bareStorefront(storefrontId) ?? NO_UUID }),
    ...(draftId != null && { draftId: orderId.decode(draftId) ?? NO_UUID }),
    ...(token != null && { token }),
  };
}

/** Keys of whoever has a token are the token's, since nobody else is known. */
function onceFor(
  context: OrdersContext,
  mutation: string,
  input: Reference,
  effect: (within: WithinCall) => Promise<DraftResult>,
): Promise<DraftResult> {
  const owner = input.token == null ? undefined : keyOwner(input.token);
  const asked: Asked<DraftResult> = { mutation, input, owner, nothing: { orderId: null } };
  return once<DraftResult>(context, asked, effect);
}

async function changed(
  context: OrdersContext,
  mutation: string,
  input: Reference,
  change: DraftChange,
): Promise<DraftPayload> {
  const result = await onceFor(context, mutation, input, (within) =>
    changeDraft(within, context.identity, refOf(input), change),
  );
  return payload(context, result);
}

function detailsOf(input: CreateDraftInput | UpdateDraftInput): Details {
  const { shippingAddress, paymentMethod, contactEmail, notifyCustomer } = input;
  const currency = 'currency' in input ? (input.currency ?? undefined) : undefined;
  const notify = notifyCustomer ?? undefined;
  const details = { shippingAddress, paymentMethod, contactEmail, notify, currency };
  const named = Object.entries(details).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named);
}

function given({ charges }: Pick<SetDraftLinesInput, 'charges'>): Pick<DraftChange, 'charges'> {
  return charges == null ? {} : { charges };
}

/** What is answered may be seen by whoever asked for it, a guest's with all that belongs to it. */
async function payload(
  { db, identity, opened }: OrdersContext,
  { orderId: id, errors }: { orderId: string | null; errors: OrdersUserError[] },
): Promise<DraftPayload> {
  if (id === null) return { order: null, userErrors: errors };
  const [row] = await findOrders(db, [id]);
  // Asked again with its key, when they work for other storefronts by now.
  if (!row || !isWithin(identity, row.storefrontId)) return { order: null, userErrors: errors };
  opened.add(id);
  return { order: presentOrder(row), userErrors: errors };
}
