/** A real browser on a running Sallyport; it writes down whatever a careful person would complain about. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Why browser tests are left out here, or false where they can run. */
export const browserAbsent: string | false = existsSync(executablePath)
  ? false
  : `no browser: ${executablePath} is absent (Debian package chromium)`;

export interface OpenConsole {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and warnings of the browser's console, violations of the content security policy among them, and crashes. */
  readonly complaints: readonly string[];
  /** Requests that left the console's own origin. */
  readonly foreignRequests: readonly string[];
  close(): Promise<void>;
}

/** The far end's certificate is one that it made itself. */
export const browserSettings = {
  ignoreHTTPSErrors: true,
  viewport: { width: 1360, height: 900 },
  reducedMotion: 'reduce',
} as const;

/** Opens a browser whose pages are below `url`. */
export async function openConsole(url: string): Promise<OpenConsole> {
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const context = await browser.newContext({ ...browserSettings, baseURL: url });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  const foreignRequests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (address.protocol !== 'data:' && address.origin !== new URL(url).origin) foreignRequests.push(request.url());
  });
  return { page, context, complaints, foreignRequests, close: () => browser.close() };
}
