import { Access } from '@waybill/kernel/graphql/access.js';
import { globalId } from '@waybill/kernel/ids.js';
import { Directive, Field, ID, InterfaceType, ObjectType } from 'type-graphql';

@InterfaceType('Node', {
  description: 'Anything with an id that is unique over all types, as Relay defines it.',
  resolveType: ({ __typename }: { __typename: string }) => __typename,
})
export abstract class Node {
  @Field(() => ID, { description: 'Unique over all types.' })
  id: string;
}

@Access('OWNER')
@Directive('@key(fields: "id")')
@ObjectType('User', {
  implements: Node,
  description: 'Somebody with an account, or a customer imported from elsewhere.',
  simpleResolvers: true,
})
export class User extends Node {
  @Field(() => ID, { description: 'Identifies the user everywhere.' })
  declare id: string;

  uuid?: string;
}

@Access('OWNER')
@Directive('@key(fields: "id")')
@ObjectType('Partner', {
  description: 'An organization that comes with API keys and runs operations of its own.',
  simpleResolvers: true,
})
export class Partner {
  @Field(() => ID, { description: 'Identifies the partner everywhere.' })
  id: string;
}

@Access('OWNER')
@Directive('@key(fields: "id")')
@ObjectType('Payment', {
  implements: Node,
  description: 'One attempt to pay an order.',
  simpleResolvers: true,
})
export class Payment extends Node {
  @Field(() => ID, { description: 'Identifies the payment everywhere.' })
  declare id: string;
}

@Access('ANYONE')
@Directive('@key(fields: "id")')
@ObjectType('Product', {
  implements: Node,
  description: 'What a customer recognizes as one thing.',
  simpleResolvers: true,
})
export class Product extends Node {
  @Field(() => ID, { description: 'Identifies the product everywhere.' })
  declare id: string;
}

@Access('ANYONE')
@Directive('@key(fields: "id")')
@ObjectType('ProductVariant', {
  implements: Node,
  description: 'One form of a product: what has a SKU.',
  simpleResolvers: true,
})
export class ProductVariant extends Node {
  @Field(() => ID, { description: 'Identifies the variant everywhere.' })
  declare id: string;
}

@Access('ANYONE')
@Directive('@key(fields: "id")')
@ObjectType('Storefront', {
  implements: Node,
  description: 'A shop with a face of its own; many share one deployment.',
  simpleResolvers: true,
})
export class Storefront extends Node {
  @Field(() => ID, { description: 'Identifies the storefront everywhere.' })
  declare id: string;
}

@Access('ANYONE')
@Directive('@key(fields: "id")')
@ObjectType('Category', {
  implements: Node,
  description: 'Where products stand in the shop.',
  simpleResolvers: true,
})
export class Category extends Node {
  @Field(() => ID, { description: 'Identifies the category everywhere.' })
  declare id: string;
}

@Access('OWNER')
@Directive('@key(fields: "id")')
@ObjectType('Quote', {
  implements: Node,
  description: 'Prices that are kept for somebody until a time.',
  simpleResolvers: true,
})
export class Quote extends Node {
  @Field(() => ID, { description: 'Identifies the quote everywhere.' })
  declare id: string;
}

@Access('STAFF')
@Directive('@key(fields: "id")')
@ObjectType('Location', {
  implements: Node,
  description: 'A place that keeps stock. Staff only.',
  simpleResolvers: true,
})
export class Location extends Node {
  @Field(() => ID, { description: 'Identifies the location everywhere.' })
  declare id: string;
}

@Access('STAFF')
@Directive('@key(fields: "id")')
@ObjectType('BulkImport', {
  implements: Node,
  description: 'A file that is to change the catalog. Staff only.',
  simpleResolvers: true,
})
export class BulkImport extends Node {
  @Field(() => ID, { description: 'Identifies the import everywhere.' })
  declare id: string;
}

export const locationId = globalId('Location');
