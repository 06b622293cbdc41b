import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser, openPage } from '../support/browser.js';
import { placed } from '../support/orders.js';
import { openShop, type Shop } from '../support/shop.js';

describe.runIf(CHROMIUM)('the mail page in a browser', () => {
  let shop: Shop;
  let browser: Browser;

  beforeAll(async () => {
    [shop, browser] = await Promise.all([openShop(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
  });

  it('comes to list the mail of an order, and shows it', async () => {
    const { page, foreign, errors } = await openPage(browser, `${shop.opsUrl}/mail`);
    await page.getByText('No mail yet').waitFor();
    const customer = await shop.customer('Lise Meitner');
    const sku = await shop.product({ title: 'Blue vase', price: '39.00' });
    await placed(customer, { lines: [{ sku, quantity: 2 }], notifyCustomer: true });

    const row = page.getByRole('row').filter({ hasText: customer.email });
    await row.getByRole('link', { name: 'Your order is confirmed' }).click();
    await page.getByRole('heading', { name: 'Your order is confirmed' }).waitFor();
    expect(await page.textContent('pre')).toContain('Hello Lise Meitner,');
    expect(await page.textContent('pre')).toContain('2 x Blue vase: 78.00 GBP');

    await page.getByRole('link', { name: 'All mail' }).click();
    // One about the new account, and two about the order.
    await expect.poll(() => row.count()).toBe(3);
    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
  });
});
