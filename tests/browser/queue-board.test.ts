import { QUEUES } from '@waybill/jobs/routes.js';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser, openPage } from '../support/browser.js';
import { openShop, type Shop } from '../support/shop.js';

describe.runIf(CHROMIUM)('the queue board in a browser', () => {
  let shop: Shop;
  let browser: Browser;

  beforeAll(async () => {
    [shop, browser] = await Promise.all([openShop(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
  });

  it('shows all queues, and the jobs of one', async () => {
    const { page, foreign, errors } = await openPage(browser, `${shop.opsUrl}/queues`);
    const board = page.getByRole('main');
    expect(QUEUES).toHaveLength(5);
    for (const queue of QUEUES) {
      await board.getByRole('link', { name: queue, exact: true }).waitFor();
    }
    await board.getByRole('link', { name: 'outbox', exact: true }).click();
    await page.getByRole('link', { name: /^Delayed/i }).click();
    await page.getByRole('heading', { name: 'sweep' }).first().waitFor();
    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
  });
});
