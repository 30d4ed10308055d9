/** Parts of the walk through the console: revocation with its softenings, the doctor, the enforcer kit. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { insertPerson, openStore, sessionScope } from '@sallyport/store';
import type { BrowserContext, Page } from 'playwright-core';
import { hashPassword } from '../../inbound/http-api/src/session/password-hash.ts';
import type { RunningSallyport } from '../system/running-sallyport.ts';
import { switchFault } from './fault-switching.ts';
import { browserSettings } from './open-console.ts';

export interface Walked {
  readonly sallyport: RunningSallyport;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Path of the page of an active connection to the sandbox. */
  readonly connectionAddress: string;
  /** What the browser complained about; a refusal that a step asks for is taken out again. */
  readonly complaints: string[];
}

const colleague = { name: 'Bo Operator', email: 'bo@operator.example', password: 'another correct horse battery' };
const authority = 'Sallyport SANDBOX Root';

/** Registers the steps; `walked` is asked when they run. */
export function walkRevocationAndDoctor(walked: () => Walked): void {
  it('shows what is held of the sandbox’s authority, with its age and its entries', async () => {
    const { page } = walked();
    await page.goto('/revocation');
    const held = page.getByRole('row').filter({ hasText: authority }).filter({ hasText: 'Fresh' }).first();
    await held.getByText('CRL', { exact: true }).waitFor();
    await held.getByText(/\d+ (entry|entries)/).waitFor();
    await held.getByRole('img', { name: /^From .* to .*UTC/ }).waitFor();
  });

  it('says on the connection’s page which source answered for each certificate', async () => {
    const { page, connectionAddress } = walked();
    await page.goto(`${connectionAddress}/revocation`);
    const answers = page.getByRole('table', { name: 'Which source answered for each certificate' });
    await answers.getByRole('row', { name: /localhost.*held by the connector/ }).waitFor();
  });

  it('says whom a stricter rule would refuse, before it is made', async () => {
    const { page } = walked();
    await page.goto('/revocation');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('Nobody would be refused.').waitFor();
  });

  it('softens an authority by two people only, shows it where it matters, and ends it', async () => {
    const { page, connectionAddress } = walked();
    await page.getByRole('button', { name: 'Propose one' }).click();
    const field = page.getByRole('combobox', { name: 'Authority' });
    await field.waitFor();
    const known = page.locator('#known-authorities option');
    const name = await known.evaluateAll(
      (options, wanted) =>
        options.map((option) => option.getAttribute('value') ?? '').find((one) => one.includes(wanted)),
      authority,
    );
    assert.ok(name, 'authorities of which something is held are offered');
    await field.fill(name);
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    await page.getByText('Write down why, in a sentence.').waitFor();
    await page.getByLabel('Why?').fill('The responder of the authority is down since noon.');
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    const softening = page.getByRole('article', { name: `Softening of ${authority}` });
    await softening.getByText('Another person must approve it').waitFor();
    assert.equal(await softening.getByRole('button', { name: 'Approve' }).count(), 0);
    await approveAsColleague(walked());
    await page.reload();
    await softening.getByText('In force', { exact: true }).waitFor();
    await page.goto(`${connectionAddress}/revocation`);
    await page.getByText(`Softened for now: ${authority}`).waitFor();
    await page.goto('/revocation');
    await softening.getByRole('button', { name: 'End it now' }).click();
    await page.getByText('Nothing is softened.').waitFor();
  });

  it('agrees on probes in the terms, by the hash of what was read', async () => {
    const { page, connectionAddress } = walked();
    await page.goto(`${connectionAddress}/change`);
    await page.getByRole('radio', { name: 'Also what must be refused' }).check({ force: true });
    await page.getByRole('button', { name: 'Write down the terms' }).click();
    await page.getByRole('checkbox', { name: 'approver has approved' }).check();
    const { complaints } = walked();
    complaints.splice(0, Infinity, ...complaints.filter((text) => !text.includes('409')));
    await page.getByRole('button', { name: 'Write down the terms' }).click();
    await page.getByRole('button', { name: 'Check now' }).waitFor();
    // What may be tried by the doctor changes nothing in what is dialled: the connection stays in use.
    await page.getByRole('main').getByText('Active', { exact: true }).waitFor();
  });

  it('proves that the far side refuses whoever brings no certificate', async () => {
    const { page, connectionAddress } = walked();
    await page.goto(`${connectionAddress}/doctor`);
    await page.getByText('The doctor has not looked yet.').or(page.getByText('The answer')).first().waitFor();
    await page.getByRole('checkbox', { name: 'Also try what the far side must refuse' }).check();
    await page.getByRole('button', { name: 'Run the doctor' }).click();
    const proof = page.getByRole('region', { name: 'Proof of enforcement' });
    await proof.getByText('seen to refuse it since').first().waitFor();
  });

  it('finds the cause of a fault, names who must act, and gives the text to send them', async () => {
    const { page, context, connectionAddress, sallyport } = walked();
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: sallyport.url });
    await switchFault(page, 'Expired server certificate', true);
    await page.getByRole('link', { name: 'Ask the doctor' }).click();
    await page.getByRole('button', { name: 'Run the doctor' }).click();
    const answer = page.locator('[data-rule=server-certificate-expired]');
    await answer.getByText('must act.').waitFor();
    await answer.getByRole('button', { name: 'Copy the text' }).click();
    const copied = await page.evaluate('navigator.clipboard.readText()');
    assert.match(String(copied), /expired on .*Please renew/s);
    await page
      .getByRole('region', { name: 'What was tried' })
      .getByText('of 25 handshakes', { exact: false })
      .waitFor();
    await page.getByRole('table', { name: 'Runs of the doctor, newest first' }).getByText('shown above').waitFor();
    await switchFault(page, 'Expired server certificate', false);
    await page.goto(connectionAddress);
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('All is right.').waitFor();
  });

  it('gives the customer a complete configuration to copy or save, and says which one nobody tested', async () => {
    const { page, connectionAddress } = walked();
    await page.goto(`${connectionAddress}/enforcer`);
    await page.getByText('nginx: our tests start this configuration.').waitFor();
    await page.getByRole('button', { name: 'Copy /etc/nginx/conf.d/sallyport.conf' }).click();
    const copied = await page.evaluate('navigator.clipboard.readText()');
    assert.match(String(copied), /ssl_verify_client on;/);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download /etc/nginx/conf.d/sallyport.conf' }).click();
    const download = await saved;
    assert.equal(download.suggestedFilename(), 'sallyport.conf');
    assert.equal(readFileSync(await download.path(), 'utf8'), copied);
    await page.getByRole('radio', { name: 'F5 BIG-IP' }).check({ force: true });
    await page.getByText('F5 BIG-IP: a checklist that we have not tested.').waitFor();
    await page.waitForURL(/product=f5-big-ip/);
    await page.reload();
    await page.getByText('F5 BIG-IP: a checklist that we have not tested.').waitFor();
  });
}

/** A second person, in a browser of their own. */
async function approveAsColleague({ sallyport, context }: Walked): Promise<void> {
  const url = readFileSync(join(sallyport.dataDirectory, 'secrets/web-database-url'), 'utf8').trim();
  const store = openStore({ url, applicationName: 'test-browser' });
  const { password, ...person } = colleague;
  await insertPerson(store, sessionScope('person:test'), { ...person, passwordHash: await hashPassword(password) });
  await store.close();
  const own = await context.browser()?.newContext({ ...browserSettings, baseURL: sallyport.url });
  assert.ok(own);
  const page = await own.newPage();
  await page.goto('/revocation');
  await page.getByLabel('E-mail address').fill(colleague.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const softening = page.getByRole('article', { name: `Softening of ${authority}` });
  await softening.getByRole('button', { name: 'Approve' }).click();
  await softening.getByText('In force', { exact: true }).waitFor();
  await own.close();
}
