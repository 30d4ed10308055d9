/** Rollouts in the console as an operator makes them: proposed in the form, stopped by itself and resumed, to the end, and cancelled. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { ConnectionDetail, RolloutBoard } from '@sallyport/console-api';
import type { PublishedSandbox } from '@sallyport/sandbox';
import type { Page } from 'playwright-core';
import { startSallyport, type RunningSallyport } from '../system/running-sallyport.ts';
import { browserAbsent, type OpenConsole } from './open-console.ts';
import { signedIn } from './signed-in-console.ts';

const renewed = '*.operator.example, renewed';
const original = '*.operator.example';

describe('a rollout in the console', { skip: browserAbsent }, () => {
  let sallyport: RunningSallyport;
  let opened: OpenConsole;
  let page: Page;

  /** Five connections to the sandbox, all with the certificate that is the default. */
  before(async () => {
    sallyport = await startSallyport({ SALLYPORT_SANDBOX_ISSUES: '20' });
    const made = await sallyport.call('POST', '/sandbox/connection');
    const { customer } = made.body as ConnectionDetail;
    const sandbox = JSON.parse(
      readFileSync(join(sallyport.dataDirectory, 'sandbox/sandbox.json'), 'utf8'),
    ) as PublishedSandbox;
    const contact = { name: 'Tim Technical', email: 'tim@customer.example' };
    for (const name of ['Berlin', 'Oslo', 'Porto', 'Turin']) {
      const answer = await sallyport.call('POST', '/connections', {
        customer: { id: customer.id },
        name,
        baseUrl: sandbox.baseUrl,
        authentication: { kind: 'pat', token: sandbox.personalAccessToken },
        projectKeys: ['ACME'],
        contacts: { owner: contact, technical: contact },
        anchors: { kind: 'pem', pem: sandbox.anchorsPem },
        allowPrivate: true,
      });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
    }
    opened = await signedIn(sallyport);
    page = opened.page;
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
  const says = (words: string | RegExp): Promise<void> => page.getByText(words).first().waitFor();
  const stands = (state: string): Promise<void> =>
    page
      .getByRole('list', { name: 'States of the rollout' })
      .locator('[aria-current=step]', { hasText: state })
      .waitFor();
  const progress = (name: string) =>
    page.getByRole('list', { name: 'Canaries and cohorts' }).getByRole('img', { name: new RegExp(`^${name}:`, 'u') });
  const rows = () => page.getByRole('table', { name: /^Connections of the rollout/u }).getByRole('row');

  /** Of the page that is shown, as the API has it. */
  async function board(): Promise<RolloutBoard> {
    const { body } = await sallyport.call('GET', `/rollouts/${page.url().split('/').at(-1) ?? ''}`);
    return body as RolloutBoard;
  }

  /** From the inventory to a filled form: two cohorts, a window from now on, and a short observation. */
  async function fillForm(certificate: string): Promise<void> {
    await page.goto('/client-certificates');
    await page.getByRole('link', { name: 'Propose a rollout' }).click();
    await page.getByRole('heading', { name: 'Propose a rollout', level: 1 }).waitFor();
    const option = page.getByRole('option', {
      name: new RegExp(`^${certificate.replaceAll('*', String.raw`\*`)}, \\d+ days left`, 'u'),
    });
    await page.getByLabel('Certificate to roll out').selectOption((await option.first().getAttribute('value')) ?? '');
    await page.getByRole('radio', { name: /^All that use it/u }).waitFor();
    for (const cohort of ['Take out cohort 2', 'Take out cohort 2'])
      await page.getByRole('button', { name: cohort }).click();
    await page.getByLabel('Each cohort is observed for').fill('1');
    await page.getByLabel('Unit of the observation').selectOption('seconds');
  }
  async function propose(certificate: string): Promise<void> {
    await fillForm(certificate);
    await submit(certificate);
  }
  async function submit(certificate: string): Promise<void> {
    await page.getByRole('radio', { name: 'From now on' }).check({ force: true });
    await page.getByRole('button', { name: 'Propose the rollout' }).dblclick();
    await page.getByRole('heading', { name: `Rollout: ${certificate}`, level: 1 }).waitFor();
  }
  async function askWithReason(words: string, reason: string): Promise<void> {
    await page.getByRole('button', { name: words, exact: true }).click();
    await page.getByLabel('Why').fill(reason);
    await page.getByRole('button', { name: `Yes, ${words.slice(0, 1).toLowerCase()}${words.slice(1)}` }).click();
  }

  it('is previewed in the form: what changes for whom, who moves first, and what is missing', async () => {
    await fillForm(renewed);
    await says('5 connections: choose a window to see who could move in it.');
    await says('5 connections: nothing changes for the far side.');
    await page.getByRole('radio', { name: /^A choice of them/u }).check({ force: true });
    await page.getByLabel('Search by customer, name or host').fill('oslo');
    await says('5 of 5 chosen; 1 shown');
    await page.getByRole('checkbox', { name: /Oslo moves first$/u }).check();
    await page.getByRole('button', { name: 'Propose the rollout' }).click();
    await says('Not proposed yet. Choose a window.');
    await page.getByRole('radio', { name: 'From now on' }).check({ force: true });
    await says('5 connections would move.');
    await submit(renewed);
  });

  it('makes canaries for all, then waits for the approval', async () => {
    await stands('Ready');
    await says('It waits: The operator has not approved');
    assert.equal(await progress('Canaries').getAttribute('aria-label'), 'Canaries: 5 accepted');
    assert.equal(await progress('Cohort 2').getAttribute('aria-label'), 'Cohort 2: 4 to move');
    const url = page.url();
    await page.goto('/client-certificates');
    const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: original, exact: true }) });
    await row.getByRole('link', { name: `Rollout to ${renewed}: 0 of 5 moved` }).waitFor();
    const bar = row.getByRole('img', {
      name: /; rollout to \*\.operator\.example, renewed, 5 connections, window from /,
    });
    assert.equal(await bar.count(), 1);
    await page.getByRole('list', { name: 'The web tier’s own server certificate' }).getByText('days left').waitFor();
    await page.goto(url);
  });

  it('stops by itself at the first that goes back, and says which and who must act', async () => {
    await switchRefusal(true);
    await page.getByRole('button', { name: 'Approve for 5 connections' }).click();
    await says(/^Stopped: .*Oslo went back to the certificate before/u);
    await stands('Moving');
    assert.match(await rows().nth(1).innerText(), /Oslo[^]*Rolled back[^]*must act/);
    await page.getByRole('button', { name: '1 need somebody' }).click();
    assert.equal(await rows().count(), 2);
  });

  it('goes on when it is resumed with a reason, and ends when all others have moved', async () => {
    await switchRefusal(false);
    await askWithReason('Resume', 'The far side trusts it now.');
    await says('4 of 5 connections have moved; 1 went back or is blocked.');
    assert.equal(await progress('Cohort 2').getAttribute('aria-label'), 'Cohort 2: 4 observed');
    await page.getByRole('region', { name: 'Who does not trust the next certificate yet' }).waitFor();
  });

  it('moves cohort after cohort to its end without a word from anybody but the approval', async () => {
    // Until the window closes the certificate before stays ready, and another swap has to wait: here nobody needs it any more.
    const moved = (await board()).members.filter(({ state }) => state === 'observed');
    await Promise.all(moved.map(({ swapId }) => sallyport.call('POST', `/swaps/${swapId}/finish`, {})));
    await propose(original);
    await page.getByRole('button', { name: 'Approve for 4 connections' }).click();
    await says('All 4 connections have moved.');
    for (const [cohort, words] of [
      ['Canaries', '4 accepted'],
      ['Cohort 1', '1 observed'],
      ['Cohort 2', '3 observed'],
    ] as const)
      assert.equal(await progress(cohort).getAttribute('aria-label'), `${cohort}: ${words}`);
    assert.equal(await page.getByRole('button', { name: 'Cancel the rollout' }).count(), 0);
  });

  it('names who does not trust the next certificate with a text to send, and is cancelled with a reason', async () => {
    await switchRefusal(true);
    await fillForm(renewed);
    await says(/^4 connections left out: a swap of their own is under way\./u);
    await submit(renewed);
    await page
      .getByRole('region', { name: 'Who does not trust the next certificate yet' })
      .getByText('1 refused')
      .waitFor();
    await page.locator('summary', { hasText: 'tim@customer.example' }).click();
    await says(/your side refused it/u);
    await page.getByRole('button', { name: /^Copy the text for /u }).waitFor();
    await askWithReason('Cancel the rollout', 'The enforcer lists certificates one by one.');
    await says('Cancelled: The enforcer lists certificates one by one.');
    assert.equal((await board()).counts.moved, 0);
    assert.deepEqual([opened.complaints, opened.foreignRequests], [[], []]);
  });
});
