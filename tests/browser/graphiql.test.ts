import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser, openPage, type WatchedPage } from '../support/browser.js';
import { placed } from '../support/orders.js';
import { logIn, openShop, type Shop } from '../support/shop.js';

const FEED = `subscription Feed {
  orderFeed(statuses: [CONFIRMED]) {
    to
    order { customer { name } payments { state } }
  }
}`;

describe.runIf(CHROMIUM)('GraphiQL in a browser', () => {
  let shop: Shop;
  let browser: Browser;
  let opened: WatchedPage;

  beforeAll(async () => {
    [shop, browser] = await Promise.all([openShop(), openBrowser()]);
  });
  beforeEach(async () => {
    opened = await openPage(browser, shop.graphiqlUrl);
  });
  afterEach(async () => {
    await opened.page.close();
    expect(opened.foreign).toEqual([]);
    expect(opened.errors).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
  });

  it('opens with the token of the demo customer and a query that runs', async () => {
    const { page } = opened;
    await expect.poll(() => text(page, 'Headers')).toContain('"Authorization": "Bearer ');
    await run(page, 'Shop');
    await expect.poll(() => text(page, 'Result Window')).toContain('"name": "Clara Customer"');
    expect(await text(page, 'Result Window')).toContain('"sku": "LAMP-BRASS"');
  });

  it('places an order and follows it to its confirmation', async () => {
    const { page } = opened;
    await run(page, 'PlaceMug');
    await expect.poll(() => text(page, 'Result Window')).toMatch(/Order_[\w-]+/);
    const [orderId] = /Order_[\w-]+/.exec(await text(page, 'Result Window')) ?? [];
    const operations = await copied(page, 'Operation Editor');
    await paste(page, 'Operation Editor', operations.replace('Order_…', `${orderId}`));
    await run(page, 'Follow');
    await expect.poll(() => text(page, 'Result Window')).toContain('"to": "CONFIRMED"');
    expect(await text(page, 'Result Window')).toContain('"state": "CAPTURED"');
  });

  it('shows staff, by the token they put in, the order that a customer places meanwhile', async () => {
    const { page } = opened;
    const customer = await shop.customer('Mary Meanwhile');
    const sku = await shop.product();
    const token = await logIn(shop.nobody, DEMO_PEOPLE.staff);
    await paste(page, 'Headers', JSON.stringify({ Authorization: `Bearer ${token}` }));
    await paste(page, 'Operation Editor', FEED);
    await run(page);
    const shown = async () => {
      // Another one each time: the feed tells only of what happens after it has begun.
      await placed(customer, { lines: [{ sku, quantity: 1 }] });
      return text(page, 'Result Window');
    };
    await expect.poll(shown, { interval: 200 }).toContain('"to": "CONFIRMED"');
    expect(await text(page, 'Result Window')).toContain('"name": "Mary Meanwhile"');
  });
});

type Region = 'Operation Editor' | 'Headers' | 'Result Window';

/** The lines in sight of what is shown in a region. */
const lines = (page: Page, name: Region) =>
  page.getByRole('region', { name }).locator('.view-lines:visible');

/** The editor writes spaces that do not break. */
async function text(page: Page, name: Region): Promise<string> {
  return ((await lines(page, name).textContent()) ?? '').replaceAll('\u00a0', ' ');
}

/** Runs the only operation there is, or the named one: where there are more, the button opens a menu. */
async function run(page: Page, operation?: string): Promise<void> {
  const kind = page.locator(operation ? '[aria-haspopup=menu]' : ':not([aria-haspopup])');
  await page
    .getByRole('button', { name: /^Execute/ })
    .and(kind)
    .click();
  if (operation) await page.getByRole('menuitem', { name: operation }).click();
}

/** All that is in an editor, also what is out of sight. */
async function copied(page: Page, name: Region): Promise<string> {
  await lines(page, name).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  return page.evaluate('navigator.clipboard.readText()');
}

/** Replaces all that is in an editor; typing would have its brackets completed. */
async function paste(page: Page, name: Region, replacement: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(replacement)})`);
  await lines(page, name).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
}
