/** The page of one client certificate as its operator, a customer's administrator and network security use it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import type { CertificateRecord, ClientCertificateDetail, ClientCertificateList, Swap } from '@sallyport/console-api';
import type { Page } from 'playwright-core';
import { eventually } from '../system/running-sallyport.ts';
import { browserAbsent } from './open-console.ts';
import { signedInConsole, type SignedInConsole } from './signed-in-console.ts';

describe('the page of a certificate', { skip: browserAbsent }, () => {
  let signedIn: SignedInConsole;
  let page: Page;
  let current: ClientCertificateDetail;
  let next: ClientCertificateDetail;
  let swap: Swap;

  const get = async <T>(path: string): Promise<T> => (await signedIn.sallyport.call('GET', path)).body as T;
  const region = (name: string) => page.getByRole('region', { name, exact: true });

  before(async () => {
    signedIn = await signedInConsole();
    page = signedIn.page;
    const { items } = await get<ClientCertificateList>('/client-certificates');
    const named = (
      wanted: (one: ClientCertificateList['items'][number]) => boolean,
    ): Promise<ClientCertificateDetail> => get(`/client-certificates/${items.find(wanted)?.id}`);
    current = await named(({ usages }) => usages.length > 0);
    next = await named(({ kind, usages }) => kind === 'operator-named' && usages.length === 0);
    const proposed = await signedIn.sallyport.call('POST', '/swaps', {
      connectionId: signedIn.connectionId,
      certificateId: next.id,
    });
    swap = proposed.body as Swap;
    await signedIn.sallyport.call('POST', `/swaps/${swap.id}/trusted`, {});
    await eventually('the canary', async () => (await get<Swap>(`/swaps/${swap.id}`)).canary);
  });
  afterEach(async (context) => {
    if ('passed' in context && context.passed === false) {
      context.diagnostic(`at ${page?.url()} the page says:\n${await page?.locator('body').innerText()}`);
    }
  });
  after(() => signedIn?.close());

  it('draws the chain from its root down to ours', async () => {
    await page.goto(`/client-certificates/${next.id}`);
    const chain = page.getByRole('list', { name: 'Chain, from its root to ours' }).getByRole('listitem');
    await chain.first().waitFor();
    const texts = await chain.allInnerTexts();
    assert.equal(texts.length, next.chain.length);
    assert.match(texts[0] ?? '', /trust anchor/);
    assert.match(texts.at(-1) ?? '', /ours: we send it/);
    assert.ok(texts.every((text) => /days? left/.test(text)));
  });

  it('leads to the connection that will use it, to the swap that brings it, and to what it replaces', async () => {
    await region('Who uses it').getByRole('link', { name: 'Sandbox' }).waitFor();
    await region('Who uses it').getByText('next', { exact: true }).waitFor();
    const swaps = region('What it replaces, and what replaces it');
    await swaps.getByText('New certificate authority', { exact: false }).first().waitFor();
    await swaps.getByRole('link', { name: current.name }).click();
    await page.getByRole('heading', { name: current.name, level: 1 }).waitFor();
    await region('What it replaces, and what replaces it').getByText('takes it away').waitFor();
    await region('What it replaces, and what replaces it').getByRole('link', { name: next.name }).click();
    await page.getByRole('heading', { name: next.name, level: 1 }).waitFor();
  });

  it('is told on the page of its connection while it is under way, in place of when to renew', async () => {
    await page.goto(`/connections/${signedIn.connectionId}`);
    await page.getByText(`Our certificate is being replaced here by ${next.name}`).waitFor();
    await page.getByText('We, the operator, must act.').waitFor();
    await region('Our certificate here').getByText('Its renewal is under way.').waitFor();
    assert.equal(await page.getByText(/^renew from/).count(), 0);
    await page.getByRole('link', { name: 'Open the swap' }).click();
    await page.getByRole('heading', { name: 'Swap: Sandbox', level: 1 }).waitFor();
  });

  it('becomes the default by a click, and gives it back', async () => {
    for (const [wanted, other] of [
      [next, current],
      [current, next],
    ] as const) {
      await page.goto(`/client-certificates/${wanted.id}`);
      await page.getByRole('button', { name: 'Make it the default' }).click();
      await page.getByText('It is the default: new connections are bound to it').waitFor();
      const defaults = (await get<ClientCertificateList>('/client-certificates')).items.filter((one) => one.isDefault);
      assert.deepEqual([defaults.map(({ id }) => id), defaults[0]?.id === other.id], [[wanted.id], false]);
    }
    await page.goto(`/client-certificates/${next.id}`);
  });

  it('tells its whole history in words, the swap’s part of it with a link', async () => {
    const history = region('History');
    await history.getByText('Taken into the inventory').waitFor();
    await history.getByRole('link', { name: 'The far side accepted the canary' }).waitFor();
    assert.equal(await history.getByText(/^swap\./).count(), 0);
  });

  it('changes name and contacts, after telling what is missing', async () => {
    await page.getByRole('button', { name: 'Change name or contacts' }).click();
    await page.getByLabel('Owner', { exact: true }).fill('Olga Owner');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Enter an e-mail address.').waitFor();
    await page.getByLabel('Owner’s e-mail').fill('olga@operator.example');
    await page.getByLabel('Name', { exact: true }).fill('The next one');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'The next one', level: 1 }).waitFor();
    await page.getByText('Olga Owner, olga@operator.example').waitFor();
    await region('History').getByText('Name or contacts were changed').waitFor();
  });

  it('hands out certificate and chain, and never the key', async () => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the certificate' }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    assert.match(text, /^-----BEGIN CERTIFICATE-----/);
    await page.getByRole('button', { name: 'Download the chain' }).waitFor();
    assert.doesNotMatch(await page.locator('body').innerText(), /PRIVATE KEY/);
  });

  it('hands out the record for auditors as data and as a page that prints', async () => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Data (JSON)' }).click(),
    ]);
    const record = JSON.parse(readFileSync(await file.path(), 'utf8')) as CertificateRecord;
    assert.deepEqual(
      [record.name, record.swaps[0]?.id, record.madeFor.name],
      ['The next one', swap.id, 'Ada Operator'],
    );
    const [opened] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Printable page' }).click(),
    ]);
    await opened.getByRole('heading', { name: 'Record of the client certificate The next one' }).waitFor();
    await opened.getByText('Asker and approver differ').waitFor();
    await opened.emulateMedia({ media: 'print', colorScheme: 'dark' });
    // On paper it is black on white, whatever the screen was.
    const colours = await opened.evaluate(
      '(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))',
    );
    assert.deepEqual(colours, ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    assert.deepEqual(await widerThanPaper(opened), []);
    await opened.close();
  });

  it('refuses to retire what a swap brings, and leads there', async () => {
    await page.getByRole('button', { name: 'Retire this certificate' }).click();
    await page.getByText('Its private key is destroyed', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Yes, retire it' }).click();
    await page.getByText('Say why, in a sentence.').first().waitFor();
    await page.getByLabel('Reason').fill('Not needed any more.');
    await page.getByRole('button', { name: 'Yes, retire it' }).click();
    await page.getByRole('alert').getByText('A swap or rollout under way brings this certificate.').waitFor();
    await page.getByRole('link', { name: 'Swap of Sandbox: cancel it, or let it end' }).waitFor();
  });

  it('retires it when nothing needs it any more, and keeps what is on record', async () => {
    await signedIn.sallyport.call('POST', `/swaps/${swap.id}/cancel`, { reason: 'A test' });
    await eventually('the end of the swap', async () =>
      (await get<Swap>(`/swaps/${swap.id}`)).state === 'cancelled' ? true : null,
    );
    await page.getByRole('button', { name: 'Yes, retire it' }).click();
    await page.getByText('Its private key was destroyed', { exact: false }).waitFor();
    await region('History').getByText('Retired', { exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Retire this certificate' }).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Propose the swap' }).count(), 0);
    const record = await get<CertificateRecord>(`/client-certificates/${next.id}/record`);
    assert.deepEqual([record.custody.sealedTo, record.retired?.reason], [[], 'Not needed any more.']);
  });

  it('is found among the retired below the inventory: who, when and why', async () => {
    await page.getByRole('link', { name: 'Client certificates' }).click();
    const retired = page.getByRole('table', { name: 'Retired certificates' }).getByRole('row').nth(1);
    await retired.waitFor();
    assert.match(await retired.innerText(), /The next one[^]*Ada Operator[^]*Not needed any more\./);
    const timeline = page.getByRole('list', { name: 'Client certificates, what ends first above' });
    assert.equal(await timeline.getByText('The next one').count(), 0);
    await retired.getByRole('link', { name: 'The next one' }).click();
    await page.getByText(/^It is retired since .* by Ada Operator: Not needed any more\.$/).waitFor();
    assert.deepEqual([signedIn.complaintsBut(409), signedIn.opened.foreignRequests], [[], []]);
  });
});

/** What would be cut off at the edge of an A4 page. */
async function widerThanPaper(printed: Page): Promise<readonly string[]> {
  // 210 mm less margins of 14 mm, at 96 dots an inch.
  await printed.setViewportSize({ width: 688, height: 970 });
  return printed.evaluate<string[]>(
    `[...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.tagName + ' ' + element.textContent.slice(0, 40))`,
  );
}
