/** A key whose connector is lost, an upload that nobody opens, and what was said wrongly of a certificate, as an operator meets them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { ClientCertificateDetail, ClientCertificateList, SealKey } from '@sallyport/console-api';
import { openStore, type Store } from '@sallyport/store';
import { makeSealKeyPair } from '@sallyport/store/open-sealed';
import type { Page } from 'playwright-core';
import { eventually } from '../system/running-sallyport.ts';
import { browserAbsent } from './open-console.ts';
import { signedInConsole, type SignedInConsole } from './signed-in-console.ts';

describe('custody and corrections in the console', { skip: browserAbsent }, () => {
  let world: SignedInConsole;
  let page: Page;
  let owner: Store;
  let lost = '';

  const keys = async (): Promise<SealKey[]> =>
    ((await world.sallyport.call('GET', '/seal-keys')).body as { items: SealKey[] }).items;

  before(async () => {
    world = await signedInConsole();
    page = world.page;
    const url = readFileSync(join(world.sallyport.dataDirectory, 'secrets/owner-database-url'), 'utf8').trim();
    owner = openStore({ url, applicationName: 'test-owner', maximumConnections: 1 });
  });
  afterEach(async (context) => {
    if ('passed' in context && context.passed === false)
      context.diagnostic(`at ${page?.url()} the page says:\n${await page?.locator('body').innerText()}`);
  });
  after(async () => {
    await owner?.close();
    await world?.close();
  });

  it('takes a key out of use whose connector is lost, with a reason, and says how far that is', async () => {
    // A connector on another host registered its key, and was never seen again.
    const pair = await makeSealKeyPair();
    lost = pair.id;
    await sql`insert into seal_key (id, public_key, created_at) values (${lost}, ${Buffer.from(pair.publicKey)}, now() - interval '1 day')`.execute(
      owner.db,
    );
    await eventually('copies for it', async () => (await keys()).find(({ id }) => id === lost)?.sealedRecords || null);
    await page.getByRole('link', { name: 'Keys' }).click();
    const card = page.getByRole('article', { name: `Key ${lost}` });
    await card.getByText('held by nobody').waitFor();
    await card.getByRole('button', { name: 'Take this key out of use' }).press('Enter');
    const reason = card.getByLabel('Reason');
    assert.equal(await reason.evaluate((field) => field.matches(':focus')), true);
    await card.getByRole('button', { name: 'Yes, take it out' }).press('Enter');
    await card.getByText('Say why, in a sentence.').waitFor();
    await reason.fill('The host was stolen.');
    await card.getByRole('button', { name: 'Yes, take it out' }).press('Enter');
    await page.getByText('One key is retired: nothing is sealed to it').click({ timeout: 60_000 });
    await page.getByRole('table', { name: 'Retired keys' }).getByText(lost).waitFor();
    assert.equal((await keys()).find(({ id }) => id === lost)?.takenOut?.reason, 'The host was stolen.');
    assert.deepEqual(world.opened.complaints, []);
  });

  it('says of an upload that no connector that runs can open it, and calls it back', async () => {
    const pair = await makeSealKeyPair();
    await sql`insert into seal_key (id, public_key) values (${pair.id}, ${Buffer.from(pair.publicKey)})`.execute(
      owner.db,
    );
    const id = crypto.randomUUID();
    await sql`insert into certificate_upload (id, customer_id, kind, about, files, seal_key_id, sealed, uploaded_by)
      values (${id}, operator_id(), 'operator-named',
        '{"name": null, "domain": null, "policy": "public-third-party", "anchorsPem": null, "contacts": null, "makeDefault": false}',
        '[{"name": "a.pem", "bytes": 12}]', ${pair.id}, ${Buffer.alloc(100)}, 'person:test')`.execute(owner.db);
    await page.goto(`/client-certificates/uploads/${id}`);
    await page.getByText('No connector that can open it runs.').waitFor();
    await page.getByRole('button', { name: 'Call it back' }).press('Enter');
    await page.getByText('It was called back before a connector opened it.').waitFor();
    await page.getByRole('link', { name: 'Try with other files' }).waitFor();
    assert.deepEqual(world.opened.complaints, []);
  });

  it('corrects what a certificate is judged by, and leaves it where that would block it', async () => {
    const { items } = (await world.sallyport.call('GET', '/client-certificates')).body as ClientCertificateList;
    const named = items.find(({ kind, usages }) => kind === 'operator-named' && usages.length === 0);
    assert.ok(named);
    await page.goto(`/client-certificates/${named.id}`);
    const written = page.getByRole('region', { name: 'What is written down' });
    await written.getByRole('button', { name: 'Correct what it is judged by' }).press('Enter');
    await written.getByRole('button', { name: 'Judge it by this' }).press('Enter');
    await written.getByText('Nothing differs from what is written down.').waitFor();
    await written.getByLabel('Domain').fill('elsewhere.example');
    await written.getByRole('button', { name: 'Judge it by this' }).press('Enter');
    await written.getByText('The last correction was not made: it would have blocked the certificate.').waitFor();
    await written.getByText('does not lie under elsewhere.example', { exact: false }).waitFor();
    const { domain } = (await world.sallyport.call('GET', `/client-certificates/${named.id}`))
      .body as ClientCertificateDetail;
    assert.equal(domain, null);
    await page.setViewportSize({ width: 390, height: 800 });
    const [inner, outer] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]');
    assert.ok(inner <= outer, `${inner} > ${outer}`);
    assert.deepEqual(world.opened.complaints, []);
  });
});
