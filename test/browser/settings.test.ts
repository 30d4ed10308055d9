/** When changes are made and when not: our own calendar in the settings, and the customer's in the terms of a connection. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { browserAbsent } from './open-console.ts';
import { signedInConsole, type SignedInConsole } from './signed-in-console.ts';

describe('calendars in the console', { skip: browserAbsent }, () => {
  let signedIn: SignedInConsole;
  let page: Page;

  before(async () => {
    signedIn = await signedInConsole();
    page = signedIn.page;
  });
  afterEach(async (context) => {
    if ('passed' in context && context.passed === false) {
      context.diagnostic(`at ${page?.url()} the page says:\n${await page?.locator('body').innerText()}`);
    }
  });
  after(() => signedIn?.close());

  const saved = async (): Promise<unknown> => (await signedIn.sallyport.call('GET', '/swap-calendar')).body;
  const focused = (field: Locator): Promise<boolean> => field.and(page.locator(':focus')).isVisible();

  it('shows our calendar as it is: open at any time, nothing frozen', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('img', { name: /: no day is frozen$/ }).waitFor();
    assert.equal(await page.getByLabel('Time zone').inputValue(), 'UTC');
    assert.equal(await page.getByRole('button', { name: 'Save the calendar' }).isDisabled(), true);
  });

  it('tells faults at their fields, goes to the first, and saves nothing', async () => {
    await page.getByLabel('Time zone').fill('Berlin');
    await page.getByRole('button', { name: 'Add a period' }).click();
    await page.getByLabel('From').fill('2030-12-20T00:00');
    await page.getByLabel('Until').fill('2030-12-19T00:00');
    await page.getByRole('button', { name: 'Save the calendar' }).click();
    await page.getByText('This is no time zone such as Europe/Berlin.').waitFor();
    await page.getByText('It ends before it begins.').waitFor();
    await page.getByText('Say why, in a few words.').waitFor();
    assert.equal(await focused(page.getByLabel('Time zone')), true);
    assert.deepEqual(await saved(), { timeZone: 'UTC', freezes: [] });
  });

  it('saves zone, hours and a freeze period, and draws it', async () => {
    const [from, until] = [inDays(20), inDays(23)];
    await page.getByLabel('Time zone').fill('Europe/Berlin');
    await page.getByLabel('From').fill(from);
    await page.getByLabel('Until').fill(until);
    await page.getByLabel('Reason').fill('End of the year');
    await page.getByRole('img', { name: /: 3 days are frozen/ }).waitFor();
    await page.getByLabel('Changes begin only in working hours').check();
    await page.getByRole('button', { name: 'Save the calendar' }).click();
    await page.getByText('Now it is', { exact: false }).waitFor();
    assert.deepEqual(await saved(), {
      timeZone: 'Europe/Berlin',
      freezes: [{ from, until, reason: 'End of the year' }],
      hours: { days: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' },
    });
  });

  it('takes a period out, and the focus is not lost with its button', async () => {
    await page.getByRole('button', { name: 'Take out period 1, End of the year' }).click();
    assert.equal(await focused(page.getByRole('button', { name: 'Add a period' })), true);
    await page.getByRole('button', { name: 'Save the calendar' }).click();
    await page.getByRole('img', { name: /: no day is frozen$/ }).waitFor();
    await page.getByText('Now it is', { exact: false }).waitFor();
    assert.deepEqual(((await saved()) as { freezes: unknown }).freezes, []);
  });

  it('writes what is agreed about swaps into the terms, the customer’s calendar with it', async () => {
    const from = inDays(40);
    await page.goto(`/connections/${signedIn.connectionId}/change`);
    const section = page.getByRole('group', { name: 'Swaps of our certificate' });
    const notice = section.getByRole('group', { name: /^Days of notice/ }).getByLabel('New certificate authority');
    await notice.fill('400');
    await section.getByLabel('The customer’s own change number is required').check();
    await section.getByLabel('The customer has a calendar').check();
    await section.getByLabel('Time zone', { exact: true }).fill('America/New_York');
    await section.getByRole('button', { name: 'Add a period' }).click();
    await section.getByLabel('From').fill(from);
    await section.getByLabel('Until').fill(inDays(41));
    await section.getByLabel('Reason').fill('Audit');
    await page.getByRole('button', { name: 'Write down the terms' }).click();
    await section.getByText('Whole days, 0 to 365, or nothing.').waitFor();
    await notice.fill('60');
    await page.getByRole('button', { name: 'Write down the terms' }).click();
    await page.waitForURL(`**/connections/${signedIn.connectionId}`);
    await page.goto(`/connections/${signedIn.connectionId}/terms`);
    await page.getByText('Days of notice: new certificate authority or name 60.', { exact: false }).waitFor();
    await page.getByText(`Nothing is changed from ${from.replace('T', ' ')}`, { exact: false }).waitFor();
    const { body } = await signedIn.sallyport.call('GET', `/connections/${signedIn.connectionId}/terms`);
    assert.deepEqual((body as { document: { swaps: unknown } }).document.swaps, {
      noticeDays: { 'new-ca': 60 },
      changeNumberRequired: true,
      calendar: { timeZone: 'America/New_York', freezes: [{ from, until: inDays(41), reason: 'Audit' }] },
    });
  });

  it('asks for the word of a person where the customer would have less of a say', async () => {
    await page.goto(`/connections/${signedIn.connectionId}/change`);
    const section = page.getByRole('group', { name: 'Swaps of our certificate' });
    await section.getByLabel('What changes nothing for them is a standing change').check();
    await page.getByRole('button', { name: 'Write down the terms' }).click();
    await page.getByText('would be a standing change', { exact: false }).first().waitFor();
    assert.deepEqual([signedIn.complaintsBut(409), signedIn.opened.foreignRequests], [[], []]);
  });
});

/** Midnight of a day to come, as calendars write it. */
function inDays(days: number): string {
  return `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T00:00`;
}
