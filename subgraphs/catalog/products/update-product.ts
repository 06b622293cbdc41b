import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Attributes } from '../attributes/attribute-schema.js';
import { attributeErrors } from '../attributes/product-attributes.js';
import type { CategoryRow } from '../categories/category.js';
import { holdCategory, holdCategoryOf } from '../categories/category-of-product.js';
import { variantTitle } from '../variants/option.js';
import type { CatalogContext } from './context.js';
import { CatalogErrorCode, CatalogUserError } from './errors.js';
import { InputReader, MAX_DESCRIPTION, MAX_TITLE } from './input.js';
import { once } from './once.js';
import { PRODUCT_COLUMNS, Product, type ProductRow, productIds } from './product.js';
import { refreshProducts } from './refresh-products.js';
import { noCategory, presentProduct, refused, type StoredProduct } from './stored-product.js';
import { orTaken } from './taken.js';

@InputType({ description: 'What to change of a product; what is left out stays.' })
export class UpdateProductInput {
  @Field(() => ID, { description: 'The product.' })
  id: string;

  @Field(() => String, {
    nullable: true,
    description: 'Names it in addresses; nothing leads on from the handle it had.',
  })
  handle?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it is called; the titles of its variants begin with it.',
  })
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What there is to say about it; null takes it away.',
  })
  description?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The category that it stands in; null takes it out of its category.',
  })
  categoryId?: string | null;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'What is special about it, all of it.',
  })
  attributes?: Attributes | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The changed product, or why it stayed.', simpleResolvers: true })
export class UpdateProductPayload {
  @Field(() => Product, { nullable: true, description: 'The product as it is now.' })
  product: Product | null;

  @Field(() => [CatalogUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UserError<CatalogErrorCode>[];
}

@Resolver()
export class UpdateProductResolver {
  @Access('STAFF')
  @Mutation(() => UpdateProductPayload, {
    description: 'Changes what a product says of itself. Staff only.',
  })
  async updateProduct(
    @Arg('input', () => UpdateProductInput, { description: 'Which product, and what of it.' })
    input: UpdateProductInput,
    @Ctx() context: CatalogContext,
  ): Promise<UpdateProductPayload> {
    const asked = { mutation: 'updateProduct', input, nothing: { product: null } };
    const work = () =>
      once<StoredProduct>(context, asked, (db) =>
        db.transaction((query) => updateProduct(query, input)),
      );
    const wanted = { handle: input.handle?.trim() };
    return presentProduct(await orTaken(context.db.query, wanted, work, refused));
  }
}

async function updateProduct(query: Query, input: UpdateProductInput): Promise<StoredProduct> {
  const { categoryId } = input;
  const { before, category } = await lockBoth(query, input);
  if (category === undefined) return refused([noCategory()]);
  if (!before) return refused([userError(CatalogErrorCode.NOT_FOUND, 'No such product.', ['id'])]);
  const read = new InputReader();
  const after = merge(read, before, input, category);
  const errors = [...read.errors, ...(await attributeErrors(query, category, after.attributes))];
  if (errors.length > 0) return refused(errors);
  const product = await saveProduct(query, after);
  if (categoryId !== undefined) await putInto(query, product, category);
  if (after.title !== before.title) await retitleVariants(query, after);
  await refreshProducts(query, [after.id]);
  return { product, errors: [] };
}

interface Locked {
  /** Undefined where there is no such product. */
  before?: ProductRow | undefined;
  /** Where it will stand; undefined where there is no such place. */
  category: CategoryRow | null | undefined;
}

/** Categories are locked before products, as everywhere; a product that has just left its category is locked once more. */
async function lockBoth(query: Query, input: UpdateProductInput): Promise<Locked> {
  await query('products.beforeLock', 'savepoint product');
  const category = await categoryAfter(query, input);
  if (category === undefined) return { category };
  const before = await lockProduct(query, input.id);
  const stays = input.categoryId === undefined;
  if (!before || !stays || before.categoryId === (category?.id ?? null))
    return { before, category };
  await query('products.letGo', 'rollback to savepoint product');
  return lockBoth(query, input);
}

function categoryAfter(
  query: Query,
  { id, categoryId }: UpdateProductInput,
): Promise<CategoryRow | null | undefined> {
  if (categoryId != null) return holdCategory(query, categoryId);
  const uuid = productIds.decode(id);
  const leaves = categoryId === null || uuid === undefined;
  return leaves ? Promise.resolve(null) : holdCategoryOf(query, uuid);
}

function merge(
  read: InputReader,
  before: ProductRow,
  input: UpdateProductInput,
  category: CategoryRow | null,
): ProductRow {
  const { handle, title, description, categoryId, attributes } = input;
  return {
    ...before,
    categoryId: categoryId === undefined ? before.categoryId : (category?.id ?? null),
    attributes: attributes ?? before.attributes,
    handle: handle == null ? before.handle : read.handle('handle', handle),
    title: title == null ? before.title : read.text('title', title, MAX_TITLE),
    description:
      description === undefined
        ? before.description
        : read.optionalLines('description', description, MAX_DESCRIPTION),
  };
}

async function lockProduct(query: Query, id: string): Promise<ProductRow | undefined> {
  const uuid = productIds.decode(id);
  if (!uuid) return undefined;
  const [row] = await query<ProductRow>(
    'products.lock',
    `select ${PRODUCT_COLUMNS} from products where id = $1 for no key update`,
    [uuid],
  );
  return row;
}

async function saveProduct(query: Query, row: ProductRow): Promise<ProductRow> {
  const [saved] = await query<ProductRow>(
    'products.update',
    `update products
     set handle = $2, title = $3, description = $4, category_id = $5, attributes = $6,
         updated_at = now()
     where id = $1
     returning ${PRODUCT_COLUMNS}`,
    [row.id, row.handle, row.title, row.description, row.categoryId, row.attributes],
  );
  return saved ?? row;
}

async function putInto(
  query: Query,
  { id }: ProductRow,
  category: CategoryRow | null,
): Promise<void> {
  await query('products.putInto', 'update products set category_path = $2 where id = $1', [
    id,
    category?.path ?? [],
  ]);
}

/** Orders that were placed keep the titles they have. */
async function retitleVariants(query: Query, { id, title }: ProductRow): Promise<void> {
  await query(
    'variants.retitle',
    `update variants set title = ${variantTitle('$2::text', 'variants.options')}, updated_at = now()
     from (select id from variants where product_id = $1 order by id for no key update) as locked
     where variants.id = locked.id`,
    [id, title],
  );
}
