import { buildFederatedSchema } from '@waybill/kernel/subgraph-schema.js';
import type { GraphQLSchema } from 'graphql';
import { CreateProductResolver } from './products/create-product.js';
import { ProductResolver, resolveProductReference } from './products/find-product.js';
import { ImportProductsResolver } from './products/import-products.js';
import { ListProductsResolver } from './products/list-products.js';
import { SetStockResolver } from './products/set-stock.js';
import { UpdateProductResolver } from './products/update-product.js';
import { CreateStorefrontResolver } from './storefronts/create-storefront.js';
import {
  FindStorefrontResolver,
  resolveStorefrontReference,
} from './storefronts/find-storefront.js';
import { ListStorefrontsResolver } from './storefronts/list-storefronts.js';
import { UpdateStorefrontResolver } from './storefronts/update-storefront.js';

/** What this subgraph shows to the world; needs no database. */
export function buildCatalogSchema(): Promise<GraphQLSchema> {
  const resolvers = [
    ProductResolver,
    ListProductsResolver,
    CreateProductResolver,
    UpdateProductResolver,
    SetStockResolver,
    ImportProductsResolver,
    FindStorefrontResolver,
    ListStorefrontsResolver,
    CreateStorefrontResolver,
    UpdateStorefrontResolver,
  ] as const;
  const references = { Product: resolveProductReference, Storefront: resolveStorefrontReference };
  return buildFederatedSchema({ resolvers, validate: false }, references);
}
