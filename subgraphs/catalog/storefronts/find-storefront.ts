import { Access } from '@waybill/kernel/graphql/access.js';
import type { ReferenceResolver } from '@waybill/kernel/subgraph-schema.js';
import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { Storefront, storefrontIds, toStorefront } from './storefront.js';

@Resolver()
export class FindStorefrontResolver {
  @Directive('@cacheControl(maxAge: 30, scope: PRIVATE)')
  @Access('ANYONE')
  @Query(() => Storefront, {
    nullable: true,
    description: 'The storefront with this code; null where there is none.',
  })
  async storefront(
    @Arg('code', () => String, { description: 'Its handle.' }) code: string,
    @Ctx() { storefronts, identity }: CatalogContext,
  ): Promise<Storefront | null> {
    const row = await storefronts.byCode.load(code);
    return row && toStorefront(row, identity);
  }
}

/** Finds the storefront that another subgraph refers to. */
export const resolveStorefrontReference: ReferenceResolver<CatalogContext> = async (
  { id },
  { storefronts, identity },
) => {
  const uuid = typeof id === 'string' ? storefrontIds.decode(id) : undefined;
  const row = uuid === undefined ? null : await storefronts.byId.load(uuid);
  return row && toStorefront(row, identity);
};
