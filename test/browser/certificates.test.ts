/** Client certificates in the console: the inventory, a request made inside, and a swap as far as the customer's notice lets it go. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startSallyport, type RunningSallyport } from '../system/running-sallyport.ts';
import { browserAbsent, openConsole, type OpenConsole } from './open-console.ts';

interface Listed {
  readonly items: readonly { readonly id: string; readonly name: string; readonly kind: string }[];
}

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
    assert.equal(await rows.count(), 3);
    assert.match((await rows.first().getByRole('img').getAttribute('aria-label')) ?? '', /^Valid from .* days left/);
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

  it('takes a swap from its proposal over the customer’s word to an accepted canary', async () => {
    const { items } = (await sallyport.call('GET', '/client-certificates')).body as Listed;
    const next = items.find(({ kind }) => kind === 'operator-named');
    await page.goto(`/client-certificates/${next?.id}`);
    await page.getByRole('heading', { name: next?.name, level: 1 }).waitFor();
    await page.getByLabel('Connection', { exact: true }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Propose the swap' }).click();
    await page.getByText('It waits: The customer has not said', { exact: false }).waitFor();
    await page.getByText('The customer’s Jira administrator must act.').waitFor();
    await page.getByRole('button', { name: 'The customer says it is trusted' }).click();
    await page.getByText('The far side treats both alike.').waitFor();
    const line = page.getByRole('list', { name: 'States of the swap' });
    assert.match(await line.locator('[aria-current=step]').innerText(), /Canary/);
  });

  it('says why a window is not set and who must act, and ends the swap when it is asked to', async () => {
    // Another authority means 30 days of notice: longer than the sandbox's certificates live.
    await page.getByRole('button', { name: 'Set this window' }).click();
    await page.getByText('The next certificate ends before the window does.').waitFor();
    await page.getByRole('alert').getByText('We, the operator, must act.').waitFor();
    await page.getByRole('button', { name: 'Cancel the swap' }).click();
    await page.getByText('Cancelled. The current certificate goes on serving.').waitFor();
    // The browser itself writes down the status of the refusal.
    const complaints = opened.complaints.filter((complaint) => !complaint.includes('409'));
    assert.deepEqual([complaints, opened.foreignRequests], [[], []]);
  });
});
