import type { Request, Stage } from './stage.js';

/** What staff do with files of products, prices and stock. */
export const BULK_MUTATIONS: Record<string, (stage: Stage) => Promise<Request>> = {
  createBulkImport: async ({ shop }) => ({
    as: shop.staff,
    input: { kind: 'STOCK' },
    other: { kind: 'PRICES' },
    wrong: { location: 'nowhere' },
  }),
  createBulkExport: async ({ shop }) => ({
    as: shop.staff,
    input: { kind: 'STOCK' },
    other: { kind: 'PRICES' },
    wrong: { location: 'nowhere' },
  }),
  checkBulkImport: async (stage) => ({
    as: stage.shop.staff,
    input: { id: await countedStock(stage) },
    other: { id: await countedStock(stage) },
    wrong: { id: 'nonsense' },
  }),
  applyBulkImport: async (stage) => ({
    as: stage.shop.staff,
    input: { id: await countedStock(stage) },
    other: { skipWrong: true },
    wrong: { id: 'nonsense' },
  }),
};

interface Created {
  createBulkImport: { bulkImport: { id: string }; upload: { path: string } };
}

/** An import whose file has come. */
export async function countedStock({ shop }: Pick<Stage, 'shop'>): Promise<string> {
  const { createBulkImport } = await shop.staff.ask<Created>(
    `mutation ($input: CreateBulkImportInput!) {
      createBulkImport(input: $input) { bulkImport { id } upload { path } } }`,
    { input: { kind: 'STOCK' } },
  );
  const file = new URL(createBulkImport.upload.path, shop.url);
  const body = `sku,on_hand\n${await shop.product()},7\n`;
  const { status } = await fetch(file, { method: 'PUT', body });
  if (status !== 200) throw new Error(`the file is answered ${status}`);
  return createBulkImport.bulkImport.id;
}
