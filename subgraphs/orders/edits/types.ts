import { Access } from '@waybill/kernel/graphql/access.js';
import { Money, money } from '@waybill/kernel/graphql/money.js';
import { globalId } from '@waybill/kernel/ids.js';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { described, enumOf, LineKindEnum } from '../graphql/enums.js';
import { Order, ShippingAddress } from '../graphql/order-types.js';
import { EDIT_STATUSES, type EditStatus, type PlacedLine } from '../order-parts.js';
import type { LineKind, OrderEditRow } from '../tables.js';
import { OrdersUserError } from '../user-errors.js';

const OrderEditStatusEnum = enumOf(EDIT_STATUSES);

registerEnumType(OrderEditStatusEnum, {
  name: 'OrderEditStatus',
  description: 'How far a change of what was ordered has come.',
  valuesConfig: described({
    PENDING: 'Units or money for it are being had; the order is as it was.',
    APPLIED: 'The order is changed; units that it gave up go back to stock.',
    DONE: 'The order is changed, and nothing is left to be done.',
    REJECTED: 'It could not be carried out; the order is as it was.',
  }),
});

@Access('OWNER')
@ObjectType({ description: 'A line of a version of an order.', simpleResolvers: true })
export class VersionLine {
  @Field(() => Int, { description: 'Names the line within its order, in every version.' })
  lineNumber: number;

  @Field(() => LineKindEnum, { description: 'Goods or a charge.' })
  kind: LineKind;

  @Field(() => String, { description: 'SKU of the goods, or the code of the charge.' })
  sku: string;

  @Field(() => String, { description: 'Title when it was ordered.' })
  title: string;

  @Field(() => Int, { description: 'Units in this version; 0 where the line was given up.' })
  quantity: number;

  @Field(() => Money, { description: 'Price of one unit.' })
  unitPrice: Money;
}

@Access('OWNER')
@ObjectType({ description: 'An order as it was before it was edited.', simpleResolvers: true })
export class OrderVersion {
  @Field(() => Int, { description: 'Counts the versions, from 1.' })
  version: number;

  @Field(() => [VersionLine], { description: 'What was ordered.' })
  lines: VersionLine[];

  @Field(() => Money, { description: 'What it cost.' })
  total: Money;

  @Field(() => ShippingAddress, { nullable: true, description: 'Where it was to go.' })
  shippingAddress: ShippingAddress | null;

  @Field(() => String, { description: 'When the next version replaced it (RFC 3339).' })
  replacedAt: string;
}

@Access('OWNER')
@ObjectType({ description: 'A change of what was ordered.', simpleResolvers: true })
export class OrderEdit {
  @Field(() => ID, { description: 'Names the edit.' })
  id: string;

  @Field(() => OrderEditStatusEnum, { description: 'How far it has come.' })
  status: EditStatus;

  @Field(() => [VersionLine], { description: 'All lines as they are to be, or became.' })
  lines: VersionLine[];

  @Field(() => Money, { description: 'What the order costs then.' })
  total: Money;

  @Field(() => ShippingAddress, {
    nullable: true,
    description: 'Where it goes from then on; null where that stays as it was.',
  })
  shippingAddress: ShippingAddress | null;

  @Field(() => String, { nullable: true, description: 'Why, in the words of whoever asked.' })
  reason: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was rejected: OUT_OF_STOCK, ORDER_CANCELLED or a code of the provider.',
  })
  rejectionCode: string | null;

  @Field(() => String, { description: 'When it was asked for (RFC 3339).' })
  requestedAt: string;
}

@ObjectType({ description: 'What asking for an edit led to.', simpleResolvers: true })
export class EditOrderPayload {
  @Field(() => OrderEdit, {
    nullable: true,
    description: 'The edit: follow its order until it is carried out. Null where it was refused.',
  })
  edit: OrderEdit | null;

  @Field(() => Order, { nullable: true, description: 'Its order.' })
  order: Order | null;

  @Field(() => [OrdersUserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors: OrdersUserError[];
}

export const editId = globalId('OrderEdit');

export function presentEdit(row: OrderEditRow, currency: string): OrderEdit {
  return {
    id: editId.encode(row.id),
    status: row.status,
    lines: row.lines.map((line) => presentLine(line, currency)),
    total: money(row.total, currency),
    shippingAddress: row.shippingAddress,
    reason: row.reason,
    rejectionCode: row.rejection,
    requestedAt: row.requestedAt.toISOString(),
  };
}

/** The versions that edits have replaced, oldest first. */
export function presentVersions(rows: OrderEditRow[], currency: string): OrderVersion[] {
  return rows
    .flatMap(({ replaced, replacedAddress, appliedAt }) => {
      if (!replaced || !appliedAt) return [];
      const { version, total, lines } = replaced;
      return [
        {
          version,
          lines: lines.map((line) => presentLine(line, currency)),
          total: money(total, currency),
          shippingAddress: replacedAddress,
          replacedAt: appliedAt.toISOString(),
        },
      ];
    })
    .sort((one, other) => one.version - other.version);
}

function presentLine(line: PlacedLine, currency: string): VersionLine {
  const { lineNumber, kind, sku, title, quantity, unitPrice } = line;
  return { lineNumber, kind, sku, title, quantity, unitPrice: money(unitPrice, currency) };
}
