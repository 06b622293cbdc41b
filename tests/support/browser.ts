import { type Browser, chromium, type Page } from 'playwright-core';

/** The path of a Chromium; where it is not set, the tests of the pages do not run. */
export const CHROMIUM = process.env.CHROMIUM || undefined;

/** The browser does nothing of its own accord, and finds no host but this one. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
];

/** Milliseconds that a page has for whatever is awaited of it. */
const PATIENCE_MS = 10_000;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A page in use, and what it did that none of ours may do. */
export interface WatchedPage {
  page: Page;
  /** What it asked of another host than its own, over HTTP or WebSocket. */
  foreign: string[];
  /** Errors that it wrote to the console or did not catch. */
  errors: string[];
}

/** Opens `url` as somebody who was never here, and watches from the first request on. */
export async function openPage(browser: Browser, url: string): Promise<WatchedPage> {
  const permissions = ['clipboard-read', 'clipboard-write'];
  const page = await browser.newPage({ permissions });
  page.setDefaultTimeout(PATIENCE_MS);
  const foreign: string[] = [];
  const errors: string[] = [];
  const note = (asked: string) => {
    const { protocol, host } = new URL(asked);
    if (/^(http|ws)s?:$/.test(protocol) && host !== new URL(url).host) foreign.push(asked);
  };
  page.on('request', (request) => note(request.url()));
  page.on('websocket', (socket) => note(socket.url()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url);
  return { page, foreign, errors };
}
