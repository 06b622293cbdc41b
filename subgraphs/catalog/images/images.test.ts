import { Readable } from 'node:stream';
import { newId } from '@waybill/kernel/ids.js';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;
let productId: string;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.stock('MUG', 1);
  const query = '{ product(handle: "mug") { id } }';
  productId = (await catalog.ask<{ product: { id: string } }>(query)).product.id;
});
afterAll(() => catalog.close());

const UPLOAD = `mutation ($input: CreateImageUploadInput!) {
  createImageUpload(input: $input) { upload { imageId path } userErrors { code field } }
}`;

interface Upload {
  createImageUpload: { upload: { imageId: string; path: string } | null; userErrors: object[] };
}

const createUpload = async (input: object) =>
  (await catalog.ask<Upload>(UPLOAD, { input: { productId, ...input } }, STAFF)).createImageUpload;

async function awaited(input: object = {}) {
  const { upload } = await createUpload(input);
  return upload ?? { imageId: '', path: '' };
}

const file = (method: string, path: string, body = Buffer.alloc(0), headers = {}) =>
  catalog.files({ method, path, headers, body: Readable.from(body) });

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } });

async function images(): Promise<Array<{ id: string; path: string; small: string }>> {
  const query = `{ product(handle: "mug") {
    images { id alt position width height path small: path(width: 100) }
  } }`;
  const { product } = await catalog.ask<{ product: { images: never[] } }>(query);
  return product.images;
}

const remove = (id: string) =>
  catalog.ask(
    'mutation ($input: RemoveImageInput!) { removeImage(input: $input) { removedId userErrors { code } } }',
    { input: { id } },
    STAFF,
  );

describe('an image', () => {
  it('is sent once to where it is awaited, and served in its widths for ever', async () => {
    const { imageId, path } = await awaited({ alt: 'A mug' });
    expect(await images()).toEqual([]);
    const png = await picture(1000, 500).png().toBuffer();
    expect(await file('PUT', path, png)).toMatchObject({
      status: 201,
      body: '{"width":1000,"height":500}',
    });
    expect(await file('PUT', path, png)).toMatchObject({
      status: 404,
      body: '{"code":"NOT_AWAITED"}',
    });

    const [image] = await images();
    expect(image).toMatchObject({ id: imageId, alt: 'A mug', width: 1000, height: 500 });
    for (const [place, width] of [
      [image?.path, 1000],
      [image?.small, 200],
    ] as const) {
      const answer = await file('GET', place ?? '');
      expect(answer).toMatchObject({
        status: 200,
        headers: {
          'content-type': 'image/webp',
          'cache-control': expect.stringContaining('immutable'),
        },
      });
      expect(await sharp(answer.body as Uint8Array).metadata()).toMatchObject({
        format: 'webp',
        width,
      });
      const etag = answer.headers?.etag;
      expect(await file('GET', place ?? '', undefined, { 'if-none-match': etag })).toMatchObject({
        status: 304,
      });
    }
    expect(await remove(imageId)).toEqual({ removeImage: { removedId: imageId, userErrors: [] } });
    expect(await images()).toEqual([]);
    expect(await file('GET', image?.path ?? '')).toMatchObject({ status: 404 });
    expect(await remove(imageId)).toMatchObject({
      removeImage: { userErrors: [{ code: 'NOT_FOUND' }] },
    });
  });

  it('is described anew and moved among those that are here', async () => {
    const ids: string[] = [];
    for (const alt of ['one', 'two', 'three']) {
      const { imageId, path } = await awaited({ alt });
      await file('PUT', path, await picture(5, 5).png().toBuffer());
      ids.push(imageId);
    }
    const update = async (input: object) => {
      const { updateImage } = await catalog.ask<{
        updateImage: { image: object | null; userErrors: Array<{ code: string; field: string[] }> };
      }>(
        `mutation ($input: UpdateImageInput!) {
           updateImage(input: $input) { image { alt position } userErrors { code field } } }`,
        { input },
        STAFF,
      );
      return updateImage;
    };
    const alts = async () => (await images()).map((image) => (image as { alt?: string }).alt);
    expect(await update({ id: ids[2], position: 0 })).toEqual({
      image: { alt: 'three', position: 0 },
      userErrors: [],
    });
    expect(await alts()).toEqual(['three', 'one', 'two']);
    await update({ id: ids[2], position: 99, alt: ' the last ' });
    expect(await alts()).toEqual(['one', 'two', 'the last']);
    await update({ id: ids[0], alt: null });
    expect(await alts()).toEqual([null, 'two', 'the last']);
    const wrong = await update({ id: ids[0], alt: 'x'.repeat(501), position: 2 });
    expect(wrong.userErrors).toEqual([{ code: 'INVALID_TEXT', field: ['alt'] }]);
    expect((await update({ id: 'nonsense' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const { imageId } = await awaited();
    expect((await update({ id: imageId, position: 0 })).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    expect(await alts()).toEqual([null, 'two', 'the last']);
    for (const id of [...ids, imageId]) await remove(id);
  });

  it('is turned upright, and says nothing of where it was made', async () => {
    const { imageId, path } = await awaited();
    const exif = { IFD0: { Copyright: 'Somebody' } };
    const turned = await picture(40, 20)
      .jpeg()
      .withExif(exif)
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(await file('PUT', path, turned)).toMatchObject({ body: '{"width":20,"height":40}' });
    const [image] = await images();
    const { body } = await file('GET', image?.path ?? '');
    const kept = await sharp(body as Uint8Array).metadata();
    expect(kept).toMatchObject({ width: 20, height: 40 });
    expect(kept.exif).toBeUndefined();
    await remove(imageId);
  });

  it.each([
    ['a text', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['nothing', () => Buffer.alloc(0)],
    ['half of one', async () => (await picture(100, 100).png().toBuffer()).subarray(0, 60)],
    ['another format', () => picture(10, 10).tiff().toBuffer()],
    ['too many dots', () => picture(10_000, 6_000).png().toBuffer()],
  ])('is not made of %s, and still awaited', async (_, bytes) => {
    const { imageId, path } = await awaited();
    expect(await file('PUT', path, Buffer.from(await bytes()))).toMatchObject({ status: 415 });
    expect(await file('PUT', path, await picture(5, 5).webp().toBuffer())).toMatchObject({
      status: 201,
    });
    await remove(imageId);
  });

  it('comes nowhere else', async () => {
    const paths = [
      '/files/uploads/x',
      `/files/images/${newId()}/200.webp`,
      '/files/images/../x/1.webp',
      '/files/',
    ];
    for (const path of paths) {
      for (const method of ['PUT', 'GET', 'POST']) {
        expect(await file(method, path)).toMatchObject({ status: 404 });
      }
    }
  });
});

describe('createImageUpload', () => {
  it.each([
    [{ productId: 'nonsense' }, 'NOT_FOUND', 'productId'],
    [{ productId: `Product_${newId()}` }, 'NOT_FOUND', 'productId'],
    [{ alt: 'a\0' }, 'INVALID_TEXT', 'alt'],
  ])('refuses %j', async (input, code, field) => {
    expect(await createUpload(input)).toEqual({
      upload: null,
      userErrors: [{ code, field: [field] }],
    });
  });

  it('awaits at most 20 at once, and forgets those that never came', async () => {
    const codes = await Promise.all(Array.from({ length: 22 }, () => createUpload({})));
    expect(codes.filter(({ upload }) => upload)).toHaveLength(20);
    await catalog.db.query(
      'test.late',
      `update images set expires_at = now() - interval '1 minute'`,
    );
    const { path } = await awaited();
    expect(path).not.toBe('');
    await catalog.db.query(
      'test.late',
      `update images set expires_at = now() - interval '1 minute'`,
    );
    expect(await file('PUT', path, await picture(5, 5).png().toBuffer())).toMatchObject({
      status: 404,
    });
  });

  it('is for staff', async () => {
    expect(await catalog.errorCodes(UPLOAD, { input: { productId } }, CUSTOMER)).toEqual([
      'FORBIDDEN',
    ]);
  });
});
