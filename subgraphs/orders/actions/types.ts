import { Access } from '@waybill/kernel/graphql/access.js';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { described, enumOf } from '../graphql/enums.js';
import { REFUSAL_CODES, type RefusalCode } from '../rules/refusal.js';
import { ORDER_ACTIONS, type OrderAction } from './actions.js';

export const OrderActionEnum = enumOf(ORDER_ACTIONS);
registerEnumType(OrderActionEnum, {
  name: 'OrderAction',
  description: 'What can be done with an order.',
  valuesConfig: described<OrderAction>({
    ADD_DRAFT_LINES: 'Put goods into a draft.',
    SET_DRAFT_LINES: 'Say how many units a draft has of what.',
    UPDATE_DRAFT: 'Say where a draft goes and how it is paid.',
    PLACE_DRAFT: 'Place a draft. Whether its goods can be had, its `quote` tells.',
    DISCARD_DRAFT: 'Throw a draft away.',
    PAY: 'Pay what is due.',
    CANCEL: 'Call it off.',
    EDIT: 'Change lines, quantities or the address.',
    CANCEL_LINES: 'Call single units off.',
    SET_FULFILLMENT_HOLD: 'Let packing and shipping wait.',
    RELEASE_FULFILLMENT_HOLD: 'Let packing and shipping go on.',
    FULFILL: 'Pack and hand over all that is left.',
    CREATE_FULFILLMENT: 'Pack a parcel.',
    SPLIT_FULFILLMENT: 'Put some units of a parcel in a new one.',
    CANCEL_FULFILLMENT: 'Unpack a parcel.',
    SHIP_FULFILLMENT: 'Hand a parcel over.',
    UPDATE_FULFILLMENT_TRACKING: 'Name another carrier or tracking number.',
    DELIVER_FULFILLMENT: 'Record that a parcel has arrived.',
    REQUEST_RETURN: 'Announce that units will come back.',
    CANCEL_RETURN: 'Call an announced return off.',
    REJECT_RETURN: 'Not accept a return.',
    RECEIVE_RETURN: 'Take in what arrived of a return.',
    RECORD_RETURN: 'Take in what came back unannounced.',
    REFUND: 'Give money back.',
  }),
});

const RefusalCodeEnum = enumOf(REFUSAL_CODES);
registerEnumType(RefusalCodeEnum, {
  name: 'OrderActionRefusal',
  description: 'Why something cannot be done with an order now.',
  valuesConfig: described<RefusalCode>({
    UNAUTHENTICATED: 'Only somebody who is logged in can do it.',
    STAFF_ONLY: 'Only staff can do it, or can do it by now.',
    EMPTY: 'There is nothing in the draft.',
    NOT_PLACED: 'It is still a draft.',
    ALREADY_PLACED: 'It is no draft any more.',
    BEING_CHECKED: 'Its goods are being checked and held.',
    NOT_YET_PAID: 'Its money has not come yet.',
    PAYMENT_UNDER_WAY: 'Its payment is being made.',
    ALREADY_PAID: 'Nothing of it is to be paid.',
    EDIT_UNDER_WAY: 'It is being edited.',
    BACKORDERED: 'What is left of it has not come in yet.',
    UNITS_BEING_RELEASED: 'Units of it were called off and are just going back to stock.',
    FULFILLMENT_ON_HOLD: 'Staff have put its packing and shipping on hold.',
    NOT_ON_HOLD: 'Its packing and shipping are not on hold.',
    NOT_PACKED: 'No parcel is packed.',
    NOTHING_LEFT_TO_SHIP: 'Every unit is in a parcel or was called off.',
    LAST_UNITS: 'Nothing would be left of the order, or of the parcel.',
    BEING_SHIPPED: 'A parcel is being handed over.',
    NOT_SHIPPED: 'It has not left yet.',
    ALREADY_SHIPPED: 'It has left.',
    ALREADY_DELIVERED: 'It has arrived.',
    NOTHING_LEFT_TO_REFUND: 'All that was taken for it is given back, or being given back.',
    NOTHING_LEFT_TO_RETURN: 'All that has left is back or announced to come back.',
    NO_OPEN_RETURN: 'No return is on its way.',
    NOT_IN_WORKFLOW: "Its storefront's workflow does not lead there from where it stands.",
    RANK_TOO_LOW: "Its storefront's workflow leaves this to people of higher rank.",
    MONEY_BEING_TAKEN: 'Its money is being taken, as its workflow says.',
    BEING_CANCELLED: 'It is being called off.',
    TERMINAL: 'It was called off, could not be carried out, or has expired.',
  }),
});

@Access('OWNER')
@ObjectType({
  description: 'Whether something can be done with an order now, and if not, why not.',
  simpleResolvers: true,
})
export class OrderActionState {
  @Field(() => OrderActionEnum, { description: 'What.' })
  action: OrderAction;

  @Field(() => String, { description: 'The mutation that does it.' })
  mutation: string;

  @Field(() => Boolean, { description: 'Whether it can be done now by whoever asks.' })
  allowed: boolean;

  @Field(() => RefusalCodeEnum, {
    nullable: true,
    description: 'Why not; the contract. Null where it can be done.',
  })
  code: RefusalCode | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same for people, about this very order; may change.',
  })
  reason: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'For people: what to do instead, or what to wait for; may change.',
  })
  nextStep: string | null;
}
