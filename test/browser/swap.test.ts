/** Swaps in the console as an operator makes them: to the end, taken back, and before a far side that refuses the next certificate. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { RunningSallyport } from '../system/running-sallyport.ts';
import { browserAbsent, type OpenConsole } from './open-console.ts';
import { signedInConsole } from './signed-in-console.ts';

describe('a swap in the console', { skip: browserAbsent }, () => {
  let sallyport: RunningSallyport;
  let opened: OpenConsole;
  let page: Page;

  before(async () => {
    ({ sallyport, opened, page } = await signedInConsole());
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

  const switchRefusal = (on: boolean): Promise<unknown> =>
    sallyport.call('POST', '/sandbox/faults', { fault: 'client-renewed-refused', on });
  const step = (state: string) =>
    page.getByRole('list', { name: 'States of the swap' }).getByRole('listitem').filter({ hasText: state }).first();
  const says = (words: string): Promise<void> => page.getByText(words, { exact: false }).first().waitFor();

  /** From the certificate's page to the swap's, with a window that has begun and a short observation. */
  async function propose(certificate: string): Promise<void> {
    await page.goto('/client-certificates');
    await page.getByRole('link', { name: certificate, exact: true }).first().click();
    await page.getByRole('heading', { name: certificate, level: 1 }).waitFor();
    await page.getByText('No change for the far side.').waitFor();
    await page.getByRole('radio', { name: /^From now on/ }).check({ force: true });
    await page.getByLabel('Observed for at least (minutes)').fill('0.02');
    // Whoever clicks twice makes one swap, and gets to it.
    await page.getByRole('button', { name: 'Propose the swap' }).dblclick();
    await page.getByRole('heading', { name: 'Swap: Sandbox', level: 1 }).waitFor();
  }
  async function trust(note: string): Promise<void> {
    await page.getByRole('button', { name: 'The customer says it is trusted' }).click();
    await page.getByLabel('Who said so, and where').fill(note);
    await page.getByRole('button', { name: 'Yes, record it' }).dblclick();
  }

  it('waits for the customer’s word and says who must act', async () => {
    // The enforcer lists the first certificates one by one.
    await switchRefusal(true);
    await propose('*.operator.example, renewed');
    await says('It waits: The customer has not said');
    await says('The customer’s Jira administrator must act.');
    assert.match(await step('Validated').innerText(), /The next certificate is usable/);
    const calendars = page.getByRole('link', { name: /\(\.ics\)$/ });
    assert.equal(await calendars.count(), 2);
    const downloaded = page.waitForEvent('download');
    await calendars.last().click();
    assert.match((await downloaded).suggestedFilename(), /\.ics$/);
  });

  it('is blocked where the far side refuses the next certificate: who must act, and what the button does', async () => {
    await trust('Mail of Tim Technical');
    await says('Blocked: The far side refused the next certificate');
    await says('must act.');
    await says('A connector makes the canary again, now.');
    const told = page.getByRole('region', { name: 'What the customer is told' });
    assert.match(
      await told.innerText(),
      /localhost, [^]*: your side refused it\. 127\.0\.0\.1: [^]*tell us: then we try it again/,
    );
    assert.doesNotMatch(await told.innerText(), /nothing to do/i);
    const asked = page.getByRole('region', { name: 'What people asked for' }).getByRole('listitem');
    assert.equal(await asked.count(), 1, 'a double click is one wish');
    const stopped = page.getByRole('list', { name: 'States of the swap' }).locator('[aria-current=step]');
    assert.match(await stopped.innerText(), /^Canary[^]*HTTP 400[^]*accepted/);
  });

  it('makes the inventory say what stands still and who must act, in banner and row alike', async () => {
    const swap = page.url();
    await page.goto('/client-certificates');
    await says('1 client certificate needs a look.');
    await says('*.operator.example has a swap that is blocked: Sandbox (made-up data), Sandbox.');
    const row = page.getByRole('list', { name: 'Client certificates, what ends first above' }).getByRole('listitem');
    await row.filter({ hasText: 'used by Sandbox' }).getByText('to act on now').waitFor();
    assert.equal(await page.locator('svg[data-tone=warn]').count(), 1);
    await page.goto(swap);
  });

  it('goes on when the far side was changed, with all evidence under its state, and says what an approval binds to', async () => {
    await switchRefusal(false);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Yes, go on' }).click();
    await says('It waits: The operator has not approved');
    assert.match(await step('Trust announced').innerText(), /Ada Operator recorded[^]*Mail of Tim Technical/);
    assert.match(
      await step('Canary').innerText(),
      /refused the next[^]*Ada Operator asked to go on[^]*accepted the next/,
    );
    assert.match(await page.getByRole('region', { name: 'Approve' }).innerText(), /[0-9a-f]{64}[^]*[0-9a-f]{64}/);
  });

  it('goes by itself from the approval to the observation’s end, without a reload', async () => {
    await page.getByRole('button', { name: 'Approve for us, the operator' }).click();
    await page.getByRole('progressbar', { name: 'The old certificate stays ready' }).waitFor();
    assert.match(await step('Scheduled').innerText(), /by one alone[^]*Ada Operator proposed it and approved it/);
    assert.match(await step('Active').innerText(), /The pointer moved in one write/);
    assert.match(await step('Observed').innerText(), /Handshakes go as they went before/);
  });

  it('ends when the old certificate is given up, asked twice', async () => {
    await page.getByRole('button', { name: 'Finish now' }).click();
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('button', { name: 'Finish now' }).click();
    await page.getByRole('button', { name: 'Yes, retire the old one' }).click();
    await page.getByText('Done: the next certificate serves').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Roll back' }).count(), 0);
    await page.getByRole('link', { name: 'localhost' }).click();
    await page.getByText('ours: *.operator.example, renewed', { exact: true }).first().waitFor();
  });

  it('is taken back by the button, with the reason and who asked for it', async () => {
    await propose('*.operator.example');
    await trust('');
    await page.getByRole('button', { name: 'Approve for us, the operator' }).click();
    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.getByLabel('Reason').fill('A rehearsal');
    await page.getByRole('button', { name: 'Yes, roll back' }).click();
    await page.getByText('Rolled back: the certificate from before serves again.').waitFor();
    await page.getByText('Ada Operator: A rehearsal').waitFor();
    await says('There is nothing to do: the certificate from before serves again');
    const stopped = page.getByRole('list', { name: 'States of the swap' }).locator('[aria-current=step]');
    assert.match(await stopped.innerText(), /The certificate from before serves again: A rehearsal/);
  });

  it('waits for an agreed time of the canary, and is cancelled by the button before anything moved', async () => {
    await propose('*.operator.example');
    await page.getByText('Agree on a time for the canary instead').click();
    const field = page.getByLabel('Agreed time of the canary (UTC)');
    await field.fill('2026-01-01T00:00');
    await says('This time is over: agree on one to come.');
    assert.equal(await page.getByRole('button', { name: 'Agree on this time' }).isDisabled(), true);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    await field.fill(tomorrow.slice(0, 16));
    await page.getByRole('button', { name: 'Agree on this time' }).click();
    await says('It waits: The agreed time of the canary has not come.');
    assert.match(await step('Trust announced').innerText(), /Ada Operator recorded the agreed time of the canary/);
    await page.getByRole('button', { name: 'Cancel the swap' }).click();
    await page.getByLabel('Reason').fill('Enough');
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await page.getByText('Cancelled. The current certificate goes on serving.').waitFor();
    await page.getByText('Ada Operator: Enough').waitFor();
    assert.deepEqual([opened.complaints, opened.foreignRequests], [[], []]);
  });
});
