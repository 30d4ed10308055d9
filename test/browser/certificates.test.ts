/** Client certificates in the console: the inventory, a request made inside, and uploads, refused and taken. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startSallyport, type RunningSallyport } from '../system/running-sallyport.ts';
import { browserAbsent, openConsole, type OpenConsole } from './open-console.ts';

describe('client certificates in the console', { skip: browserAbsent }, () => {
  let sallyport: RunningSallyport;
  let opened: OpenConsole;
  let page: Page;

  before(async () => {
    sallyport = await startSallyport({ SALLYPORT_SANDBOX_ISSUES: '20' });
    const made = await sallyport.call('POST', '/sandbox/connection');
    const { id } = made.body as { id: string };
    await sallyport.call('POST', `/connections/${id}/check`, {});
    await sallyport.call('POST', `/connections/${id}/activate`, {});
    opened = await openConsole(sallyport.url);
    page = opened.page;
    assert.ok(sallyport.signInUrl);
    await page.goto(sallyport.signInUrl);
    await page.getByLabel('Your name').fill('Ada Operator');
    await page.getByLabel('E-mail address').fill('ada@operator.example');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple');
    await page.getByRole('button', { name: 'Create operator and sign in' }).click();
    await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
    (opened.complaints as string[]).length = 0;
  });
  afterEach(async (context) => {
    if ('passed' in context && context.passed === false) {
      context.diagnostic(`at ${page?.url()} the page says:\n${await page?.locator('body').innerText()}`);
    }
  });
  after(async () => {
    await opened?.close();
    await sallyport?.stop();
  });

  it('shows each on one axis of time, with its end in words', async () => {
    await page.getByRole('link', { name: 'Client certificates' }).click();
    const rows = page.getByRole('list', { name: 'Client certificates, what ends first above' }).getByRole('listitem');
    await rows.first().waitFor();
    // Of each kind what serves, and its renewal.
    assert.equal(await rows.count(), 6);
    assert.match(
      (await rows.first().getByRole('img').first().getAttribute('aria-label')) ?? '',
      /^Valid from .* days left/,
    );
    await rows.getByText('used by Sandbox').waitFor();
  });

  it('lets a connector make a key, and hands out the request', async () => {
    await page.getByRole('link', { name: 'New client certificate' }).click();
    await page.getByRole('button', { name: 'Make key and request' }).click();
    await page.getByText('Give the name to be certified.').waitFor();
    await page.getByLabel('Common name').fill('jira-sync.operator.example');
    await page.getByRole('button', { name: 'Make key and request' }).click();
    await page.getByText('The key is made. The authority’s certificate is waited for.').waitFor();
    assert.match(await page.getByLabel('the request', { exact: true }).innerText(), /BEGIN CERTIFICATE REQUEST/);
  });

  it('tells why an upload is not taken and who must act', async () => {
    await page.goto('/client-certificates/new');
    await page.getByRole('radio', { name: 'Upload it' }).check({ force: true });
    const noise = { name: 'noise.p12', mimeType: 'application/x-pkcs12', buffer: Buffer.from('no certificate at all') };
    await page.getByLabel('Certificate, key and chain').setInputFiles(noise);
    await page.getByRole('button', { name: 'Upload and judge' }).click();
    await page.getByText('It was not taken.').waitFor();
    await page.getByText('must act.').first().waitFor();
  });

  it('takes the renewal that lies in the sandbox’s folder for trying', async () => {
    await page.goto('/client-certificates/new');
    await page.getByRole('radio', { name: 'Upload it' }).check({ force: true });
    await page.getByRole('radio', { name: /^Operator wildcard/ }).check({ force: true });
    await page.getByRole('radio', { name: /^An agreed private authority/ }).check({ force: true });
    const folder = join(sallyport.dataDirectory, 'sandbox');
    await page
      .getByLabel('Roots of the agreed authority (PEM)')
      .fill(readFileSync(join(folder, 'anchors.pem'), 'utf8'));
    await page.getByLabel('Certificate, key and chain').setInputFiles(join(folder, 'renewal-to-upload.pem'));
    await page.getByLabel('Password of the file').fill('sandbox');
    await page.getByRole('button', { name: 'Upload and judge' }).click();
    await page.getByText('It was taken.').waitFor();
    const complaints = opened.complaints.filter((complaint) => !complaint.includes('409'));
    assert.deepEqual([complaints, opened.foreignRequests], [[], []]);
  });
});
