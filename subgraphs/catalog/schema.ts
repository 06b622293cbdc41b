import { buildFederatedSchema } from '@waybill/kernel/subgraph-schema.js';
import type { GraphQLSchema } from 'graphql';
import { ApplyBulkImportResolver } from './bulk/apply-import.js';
import { CheckBulkImportResolver } from './bulk/check-import.js';
import { CreateBulkExportResolver } from './bulk/create-export.js';
import { CreateBulkImportResolver } from './bulk/create-import.js';
import { FindImportsResolver, resolveImportReference } from './bulk/find-imports.js';
import { CreateCategoryResolver } from './categories/create-category.js';
import { DeleteCategoryResolver } from './categories/delete-category.js';
import { CategoryResolver, resolveCategoryReference } from './categories/find-category.js';
import { ListCategoriesResolver } from './categories/list-categories.js';
import { UpdateCategoryResolver } from './categories/update-category.js';
import { CreateImageUploadResolver } from './images/create-upload.js';
import { ImageResolver, ImagesOfProduct } from './images/images-of-product.js';
import { RemoveImageResolver } from './images/remove-image.js';
import { UpdateImageResolver } from './images/update-image.js';
import { CreateLocationResolver } from './locations/create-location.js';
import { FindLocationsResolver, resolveLocationReference } from './locations/find-locations.js';
import { UpdateLocationResolver } from './locations/update-location.js';
import { SetPricesResolver } from './prices/set-prices.js';
import { VariantPricesResolver } from './prices/variant-prices.js';
import { WithdrawPriceResolver } from './prices/withdraw-price.js';
import { CreateProductResolver } from './products/create-product.js';
import { ProductResolver, resolveProductReference } from './products/find-product.js';
import { ImportProductsResolver } from './products/import-products.js';
import { ListProductsResolver } from './products/list-products.js';
import { UpdateProductResolver } from './products/update-product.js';
import { PublishProductsResolver } from './publications/publish-products.js';
import { CreateQuoteResolver } from './quotes/create-quote.js';
import { FindQuotesResolver, resolveQuoteReference } from './quotes/find-quotes.js';
import { QuoteConversionResolver } from './quotes/quote-conversion.js';
import { FacetsResolver } from './search/facets.js';
import { SetBackorderPoliciesResolver } from './stock/backorders/set-policies.js';
import { ListStockChangesResolver } from './stock/ledger/list-changes.js';
import { AdjustStockResolver } from './stock/levels/adjust-stock.js';
import { SetStockResolver } from './stock/levels/set-stock.js';
import { StockLevelResolver, StockOfVariant } from './stock/levels/stock-resolver.js';
import { TransferStockResolver } from './stock/levels/transfer-stock.js';
import { ListLowStockResolver } from './stock/low/list-low-stock.js';
import { SetLowStockThresholdsResolver } from './stock/low/set-thresholds.js';
import { CreateStorefrontResolver } from './storefronts/create-storefront.js';
import {
  FindStorefrontResolver,
  resolveStorefrontReference,
} from './storefronts/find-storefront.js';
import { ListStorefrontsResolver } from './storefronts/list-storefronts.js';
import { UpdateStorefrontResolver } from './storefronts/update-storefront.js';
import { CreateVariantResolver } from './variants/create-variant.js';
import { resolveVariantReference, VariantResolver } from './variants/find-variant.js';
import { ListVariantsResolver } from './variants/list-variants.js';
import { UpdateVariantResolver } from './variants/update-variant.js';

/** What this subgraph shows to the world; needs no database. */
export function buildCatalogSchema(): Promise<GraphQLSchema> {
  const resolvers = [
    ProductResolver,
    ListProductsResolver,
    CreateProductResolver,
    FacetsResolver,
    UpdateProductResolver,
    ImportProductsResolver,
    FindImportsResolver,
    CreateBulkImportResolver,
    CheckBulkImportResolver,
    ApplyBulkImportResolver,
    CreateBulkExportResolver,
    PublishProductsResolver,
    CreateQuoteResolver,
    FindQuotesResolver,
    QuoteConversionResolver,
    VariantResolver,
    VariantPricesResolver,
    SetPricesResolver,
    WithdrawPriceResolver,
    ListVariantsResolver,
    CreateVariantResolver,
    UpdateVariantResolver,
    ImagesOfProduct,
    ImageResolver,
    CreateImageUploadResolver,
    RemoveImageResolver,
    UpdateImageResolver,
    CategoryResolver,
    ListCategoriesResolver,
    CreateCategoryResolver,
    UpdateCategoryResolver,
    DeleteCategoryResolver,
    FindLocationsResolver,
    CreateLocationResolver,
    UpdateLocationResolver,
    StockOfVariant,
    StockLevelResolver,
    SetStockResolver,
    AdjustStockResolver,
    TransferStockResolver,
    ListStockChangesResolver,
    ListLowStockResolver,
    SetLowStockThresholdsResolver,
    SetBackorderPoliciesResolver,
    FindStorefrontResolver,
    ListStorefrontsResolver,
    CreateStorefrontResolver,
    UpdateStorefrontResolver,
  ] as const;
  const references = {
    Product: resolveProductReference,
    ProductVariant: resolveVariantReference,
    Category: resolveCategoryReference,
    Storefront: resolveStorefrontReference,
    Quote: resolveQuoteReference,
    Location: resolveLocationReference,
    BulkImport: resolveImportReference,
  };
  return buildFederatedSchema({ resolvers, validate: false }, references);
}
