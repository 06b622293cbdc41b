import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { CatalogUserError, CatalogErrorCode as Code } from '../products/errors.js';
import { once } from '../products/once.js';
import {
  PRODUCT_COLUMNS,
  Product,
  type ProductRow,
  productIds,
  toProduct,
} from '../products/product.js';
import { STOREFRONT, sellerIn, unknownStorefront } from '../storefronts/seller.js';

/** Products in one call, at the most. */
const MAX_PRODUCTS = 1000;

@InputType({ description: 'Products of a storefront.' })
export class PublishProductsInput {
  @Field(() => [ID], { description: `The products, from 1 to ${MAX_PRODUCTS}.` })
  productIds: string[];

  @Field(() => String, STOREFRONT)
  storefront: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The products, or why they stayed.', simpleResolvers: true })
export class PublishProductsPayload {
  @Field(() => [Product], {
    description: 'In the order of the request; none where there are errors.',
  })
  products: Product[];

  @Field(() => [CatalogUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UserError<Code>[];
}

interface Changed {
  products: ProductRow[];
  errors: UserError<Code>[];
}

@Resolver()
export class PublishProductsResolver {
  @Access('STAFF')
  @Mutation(() => PublishProductsPayload, {
    description: 'Shows and sells products in a storefront, all of them or none. Staff only.',
  })
  publishProducts(
    @Arg('input', () => PublishProductsInput, { description: 'Which products, and where.' })
    input: PublishProductsInput,
    @Ctx() context: CatalogContext,
  ): Promise<PublishProductsPayload> {
    return change(context, 'publishProducts', input, 'array_append(published_in, $2::uuid)', false);
  }

  @Access('STAFF')
  @Mutation(() => PublishProductsPayload, {
    description: 'Takes products out of a storefront, all of them or none. Staff only.',
  })
  unpublishProducts(
    @Arg('input', () => PublishProductsInput, { description: 'Which products, and where.' })
    input: PublishProductsInput,
    @Ctx() context: CatalogContext,
  ): Promise<PublishProductsPayload> {
    return change(
      context,
      'unpublishProducts',
      input,
      'array_remove(published_in, $2::uuid)',
      true,
    );
  }
}

/** `publishedIn` is SQL for what it will be, of products that are published in the storefront or not. */
async function change(
  context: CatalogContext,
  mutation: string,
  input: PublishProductsInput,
  publishedIn: string,
  arePublished: boolean,
): Promise<PublishProductsPayload> {
  const seller = await sellerIn(context, input.storefront);
  if (!seller) return refused([unknownStorefront(Code.UNKNOWN_STOREFRONT)]);
  const { length } = input.productIds;
  if (length < 1 || length > MAX_PRODUCTS) {
    const message = `1 to ${MAX_PRODUCTS} products can be named.`;
    return refused([userError(Code.TOO_MANY_PRODUCTS, message, ['productIds'])]);
  }
  const asked = { mutation, input, nothing: { products: [] } };
  const changed = await once<Changed>(context, asked, (db) =>
    db.transaction(async (query) => {
      const { ids, errors } = await lockProducts(query, input.productIds);
      if (errors.length > 0) return { products: [], errors };
      await query(
        `products.${mutation}`,
        `update products set published_in = ${publishedIn}, updated_at = now()
         where id = any($1::uuid[]) and (published_in @> array[$2::uuid]) = $3`,
        [ids, seller.storefront.id, arePublished],
      );
      return { products: await inOrder(query, ids), errors: [] };
    }),
  );
  return { products: changed.products.map((row) => toProduct(row)), userErrors: changed.errors };
}

const refused = (userErrors: UserError<Code>[]): PublishProductsPayload => ({
  products: [],
  userErrors,
});

async function lockProducts(query: Query, names: string[]) {
  const ids = names.map((name) => productIds.decode(name));
  const found = await query<{ id: string }>(
    'products.lockToPublish',
    'select id from products where id = any($1::uuid[]) order by id for no key update',
    [ids.filter((id) => id !== undefined)],
  );
  const known = new Set<string | undefined>(found.map(({ id }) => id));
  const errors = ids.flatMap((id, i) =>
    known.has(id) ? [] : [userError(Code.NOT_FOUND, 'No such product.', ['productIds', String(i)])],
  );
  return { ids: ids.filter((id) => id !== undefined), errors };
}

function inOrder(query: Query, ids: string[]): Promise<ProductRow[]> {
  return query<ProductRow>(
    'products.inOrder',
    `select ${PRODUCT_COLUMNS} from unnest($1::uuid[]) with ordinality as wanted (id, n)
       join products using (id)
     order by n`,
    [ids],
  );
}
