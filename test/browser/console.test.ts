/** The console as its first operator walks through it: real browser, real processes, the sandbox as the far side. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually, startSallyport, type RunningSallyport } from '../system/running-sallyport.ts';
import { switchFault } from './fault-switching.ts';
import { browserAbsent, openConsole, type OpenConsole } from './open-console.ts';
import { walkRevocationAndDoctor } from './revocation-and-doctor.ts';

const operator = { name: 'Ada Operator', email: 'ada@operator.example', password: 'correct horse battery staple' };

describe('the console', { skip: browserAbsent }, () => {
  let sallyport: RunningSallyport;
  let opened: OpenConsole;
  let page: Page;
  let connectionAddress = '';

  before(async () => {
    sallyport = await startSallyport({ SALLYPORT_SANDBOX_ISSUES: '400' });
    opened = await openConsole(sallyport.url);
    page = opened.page;
  });
  afterEach(async (context) => {
    if ('passed' in context && context.passed === false) {
      const seen = await page?.locator('body').innerText();
      context.diagnostic(`at ${page?.url()} the page says:\n${seen}`);
    }
  });
  after(async () => {
    await opened?.close();
    await sallyport?.stop();
  });

  it('leads those who are not signed in to the sign-in', async () => {
    await page.goto('/client-certificates');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    // The browser itself writes down that GET /session answered 401: that is how the console learns it.
    assert.deepEqual(
      opened.complaints.filter((complaint) => !complaint.includes('401')),
      [],
    );
    (opened.complaints as string[]).length = 0;
  });

  it('makes the first operator by the one-time link', async () => {
    assert.ok(sallyport.signInUrl, 'the first start gives a one-time link');
    await page.goto(sallyport.signInUrl);
    await page.getByLabel('Your name').fill(operator.name);
    await page.getByLabel('E-mail address').fill(operator.email);
    await page.getByLabel('Password', { exact: true }).fill('too short');
    await page.getByRole('button', { name: 'Create operator and sign in' }).click();
    await page.getByText('At least 12 characters: a few words').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(operator.password);
    await page.getByRole('button', { name: 'Create operator and sign in' }).click();
    await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
    assert.doesNotMatch(page.url(), /#|token/, 'the token has left the address bar');
    await page.getByText('No connection yet.').waitFor();
  });

  it('lets the keyboard skip the navigation and reach what stands on the page', async () => {
    await page.reload();
    await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
    const first = page.locator('a, button, input').first();
    assert.equal(await first.innerText(), 'Skip to the page');
    await first.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal(await page.locator(':focus').innerText(), 'New connection');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'New connection', level: 1 }).waitFor();
  });

  it('tells at each field what the terms of a new connection lack, and puts the focus on the first', async () => {
    await page.getByRole('button', { name: 'Write down the terms' }).click();
    await page.getByText('Name the customer.').waitFor();
    assert.equal(await page.locator(':focus').getAttribute('name'), 'customerName');
    await page.getByLabel('Base URL').fill('https://ada:secret@jira.customer.example/jira');
    await page.getByText('Leave user name and password out of the address.').waitFor();
    await page.getByLabel('Base URL').fill('http://jira.customer.example/jira');
    await page.getByText('It must begin with https://').waitFor();
  });

  it('says why a file of anchors is not taken, and keeps nothing of the one before', async () => {
    await page.getByRole('radio', { name: 'A private authority' }).check({ force: true });
    const picker = page.getByLabel('or from a file');
    const anchors = page.locator('[name=anchorsPem]');
    const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
    const pem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
    await picker.setInputFiles(file('good.pem', pem));
    await eventually('the file is in the form', async () => ((await anchors.inputValue()) === pem ? true : null));
    await picker.setInputFiles(file('large.pem', pem.repeat(6000)));
    await page.getByText('large.pem has', { exact: false }).waitFor();
    assert.deepEqual([await anchors.inputValue(), await picker.inputValue()], ['', '']);
    await picker.setInputFiles(file('other.crt', 'no certificate'));
    await page.getByText('other.crt holds no certificate', { exact: false }).waitFor();
    await page.getByRole('radio', { name: 'Public authorities' }).check({ force: true });
  });

  it('creates a connection from the form, without dialling', async () => {
    await page.getByLabel('Customer', { exact: false }).first().fill('Borealis Insurance');
    await page.getByLabel('Base URL').fill('https://jira.borealis.example/jira');
    await page.getByLabel('Project keys').fill('prop, ops');
    await page.getByLabel('Token', { exact: false }).last().fill('a-personal-access-token');
    await page.locator('[name=ownerName]').fill('Olga Owner');
    await page.locator('[name=ownerEmail]').fill('olga@borealis.example');
    await page.locator('[name=technicalName]').fill('Tim Technical');
    await page.locator('[name=technicalEmail]').fill('tim@borealis.example');
    await page.getByRole('button', { name: 'Write down the terms' }).click();
    await page.getByRole('heading', { name: 'Borealis Insurance', level: 1 }).waitFor();
    await page.getByText('Next step: check it.').waitFor();
    await page.getByText('The path, as it will be travelled').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Activate' }).isDisabled(), true);
  });

  it('connects the sandbox with one click, plainly marked', async () => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Connect the sandbox' }).click();
    await page.getByText('Next step: check it.').waitFor();
    connectionAddress = new URL(page.url()).pathname;
    assert.match(connectionAddress, /^\/connections\/[0-9a-f-]{36}$/);
    await page.getByRole('main').getByText('Sandbox', { exact: true }).first().waitFor();
  });

  it('explains a failing check: what is wrong, who must act, and that nothing of ours left', async () => {
    await switchFault(page, 'Expired server certificate', true);
    await page.goto(connectionAddress);
    await page.getByRole('button', { name: 'Check now' }).click();
    const failed = page.locator('[data-check=validity][data-status=fail]');
    await failed.waitFor();
    await failed.getByText('must act', { exact: false }).first().waitFor();
    const checks = page.getByRole('region', { name: 'The five checks' });
    const first = await checks.getByRole('listitem').first().getAttribute('data-check');
    assert.equal(first, 'validity', 'what failed stands first');
    for (const name of ['trust', 'signature', 'name']) {
      assert.equal(await page.locator(`[data-check=${name}]`).getAttribute('data-status'), 'pass', name);
    }
    await page.getByText('no certificate of ours').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Activate' }).isDisabled(), true);
  });

  it('accepts the repaired far side and offers to activate', async () => {
    await switchFault(page, 'Expired server certificate', false);
    await page.goto(connectionAddress);
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.locator('[data-check=validity][data-status=pass]').waitFor();
    await page.getByText('The check was accepted.').waitFor();
    const drawing = page.getByRole('img', { name: /^The path from people to/ }).first();
    assert.match((await drawing.locator('desc').textContent()) ?? '', /mutual TLS 1\.2.*proven by the last handshake/);
  });

  it('activates, and the issues arrive on the page by themselves', async () => {
    await page.getByRole('button', { name: 'Activate' }).click();
    await page.getByRole('main').getByText('Active', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Issues', exact: true }).click();
    const issues = page.getByRole('table', { name: 'Issues' });
    await issues.getByRole('rowheader').first().waitFor();
    await page.getByText('of 400', { exact: false }).first().waitFor();
  });

  it('searches and filters the issues', async () => {
    const issues = page.getByRole('table', { name: 'Issues' });
    const key = (await issues.getByRole('rowheader').nth(5).innerText()).trim();
    await page.getByRole('searchbox', { name: 'Search' }).fill(key);
    await eventually('only the searched issue is shown', async () => {
      const keys = await issues.getByRole('rowheader').allInnerTexts();
      return keys.length > 0 && keys.every((one) => one.includes(key)) ? true : null;
    });
    await page.getByRole('searchbox', { name: 'Search' }).fill('no issue has these words');
    await page.getByText('No issue fits.').waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    const status = page.getByLabel('Status');
    const wanted = (await status.locator('option').nth(1).innerText()).trim();
    await status.selectOption(wanted);
    await eventually('only issues of the chosen status are shown', async () => {
      const names = await issues.locator('tbody td:nth-of-type(3)').allInnerTexts();
      return names.length > 0 && names.every((name) => name.trim() === wanted) ? true : null;
    });
  });

  it('opens an issue with its changelog', async () => {
    const first = page.getByRole('table', { name: 'Issues' }).getByRole('rowheader').first();
    const key = (await first.innerText()).trim();
    await first.getByRole('link').click();
    await page.getByRole('heading', { level: 1 }).filter({ hasText: key }).waitFor();
    await page.getByRole('region', { name: 'What was changed' }).waitFor();
    await page.getByRole('region', { name: 'Fields' }).getByText('Project', { exact: true }).waitFor();
  });

  it('says when the far side turns our certificate away', async () => {
    await switchFault(page, 'Refuses our client certificate', true);
    await page.goto(connectionAddress);
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('must act', { exact: false }).first().waitFor();
    await page.getByText('refused', { exact: false }).first().waitFor();
    await switchFault(page, 'Refuses our client certificate', false);
    await page.goto(connectionAddress);
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('All is right.').waitFor();
  });

  it('pauses for maintenance and resumes, by the keyboard alone', async () => {
    await page.getByRole('button', { name: 'Pause for maintenance' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('main').getByText('Paused', { exact: true }).waitFor();
    await page.locator('button:enabled', { hasText: 'Resume' }).press('Enter');
    await page.getByRole('main').getByText('Active', { exact: true }).waitFor();
  });

  walkRevocationAndDoctor(() => ({
    sallyport,
    page,
    context: opened.context,
    connectionAddress,
    complaints: opened.complaints as string[],
  }));

  it('gives every control a name, and shows every page of the navigation', async () => {
    for (const [address, title] of [
      ['/', 'Connections'],
      ['/client-certificates', 'Client certificates'],
      ['/connectors', 'Connectors'],
      ['/revocation', 'Revocation'],
      ['/settings', 'Settings'],
      ['/sandbox', 'The sandbox'],
      [`${connectionAddress}/doctor`, null],
      [`${connectionAddress}/revocation`, null],
      [`${connectionAddress}/enforcer`, null],
      [`${connectionAddress}/change`, null],
      [`${connectionAddress}/terms`, null],
      [`${connectionAddress}/history`, null],
    ] as const) {
      await page.goto(address);
      await page.getByRole('heading', { level: 1, ...(title === null ? {} : { name: title }) }).waitFor();
      assert.deepEqual(await namelessControls(page), [], address);
    }
    await page.getByRole('table', { name: 'Handshakes, newest first' }).getByRole('rowheader').first().waitFor();
  });

  it('shows every token that works, the bootstrap token among them, and revokes one', async () => {
    await page.goto('/settings');
    const tokens = page.getByRole('table', { name: 'API tokens' });
    await tokens.getByRole('rowheader', { name: 'bootstrap' }).waitFor();
    await page.getByLabel('What is it for?').fill('nightly export');
    await page.getByRole('button', { name: 'Create token' }).click();
    await page.getByText('Copy it now').waitFor();
    await page.getByRole('button', { name: 'Revoke the token bootstrap' }).click();
    await tokens.getByRole('rowheader', { name: 'bootstrap' }).waitFor({ state: 'detached' });
    await tokens.getByRole('rowheader', { name: 'nightly export' }).waitFor();
  });

  it('retires a connection for good only after a second word', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Borealis Insurance' }).first().click();
    await page.getByRole('link', { name: 'Terms', exact: true }).click();
    await page.getByRole('button', { name: 'Retire this connection' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Retire this connection' }).click();
    await page.getByRole('button', { name: 'Yes, retire it' }).click();
    await page.getByRole('main').getByText('Retired', { exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Check now' }).count(), 0);
  });

  it('keeps the five checks on full rows, on one where there is room', async () => {
    const { width: before, height } = page.viewportSize() ?? { width: 1360, height: 900 };
    await page.goto(connectionAddress);
    const cards = page.getByRole('region', { name: 'The five checks' }).locator('[data-check]');
    await cards.first().waitFor();
    for (const [width, rows] of [
      [1200, 1],
      [1100, 2],
      [390, 5],
    ] as const) {
      await page.setViewportSize({ width, height });
      // The page lays itself out anew some frames after the browser has taken the size.
      await eventually(`the checks stand in ${rows} full rows at ${width} px`, async () => {
        const boxes = await cards.evaluateAll((all) =>
          all.map((card) => {
            const { top, right } = card.getBoundingClientRect();
            return { top: Math.round(top), right };
          }),
        );
        const rightEnd = Math.max(...boxes.map(({ right }) => right));
        const last = boxes.at(-1);
        const full = last !== undefined && rightEnd - last.right < 1;
        return full && new Set(boxes.map(({ top }) => top)).size === rows ? true : null;
      });
    }
    await page.setViewportSize({ width: before, height });
  });

  it('prints the terms on a page of their own', async () => {
    await page.goto(`${connectionAddress}/terms`);
    const printable = page.getByRole('link', { name: 'Printable page' });
    const address = (await printable.getAttribute('href')) ?? '';
    const answer = await opened.context.request.get(address);
    assert.equal(answer.status(), 200);
    assert.match(answer.headers()['content-type'] ?? '', /^text\/html/);
    const icon = await opened.context.request.get('/favicon.ico');
    assert.equal(icon.status(), 200, 'a browser asks for an icon on every page');
  });

  it('connects the sandbox anew after its connection was retired', async () => {
    await page.goto(`${connectionAddress}/terms`);
    await page.getByRole('button', { name: 'Retire this connection' }).click();
    await page.getByRole('button', { name: 'Yes, retire it' }).click();
    await page.getByRole('main').getByText('Retired', { exact: true }).waitFor();
    await page.goto('/sandbox');
    await page.getByRole('button', { name: 'Connect the sandbox' }).click();
    await page.getByText('Next step: check it.').waitFor();
    assert.notEqual(new URL(page.url()).pathname, connectionAddress);
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('The check was accepted.').waitFor();
    await page.getByRole('button', { name: 'Activate' }).click();
    await eventually('the page says by itself that all is read', async () => {
      const work = await page.getByRole('region', { name: 'Work' }).innerText();
      return /behind/.test(work) ? true : null;
    });
  });

  it('follows the system into the dark, and keeps what a person chose', async () => {
    await page.locator('html[data-mantine-color-scheme=light]').waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    await page.getByRole('radio', { name: 'Light' }).check({ force: true });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('html[data-mantine-color-scheme=light]').waitFor();
  });

  it('signs out, and in again by e-mail address and password', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    (opened.complaints as string[]).splice(0, Infinity, ...opened.complaints.filter((text) => !text.includes('401')));
    await page.getByLabel('E-mail address').fill(operator.email);
    await page.getByLabel('Password', { exact: true }).fill(operator.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  });

  it('has caused no error, no violation of the content security policy and no request elsewhere', () => {
    assert.deepEqual(opened.complaints, []);
    assert.deepEqual(opened.foreignRequests, []);
  });
});

/** Links, buttons and fields that a screen reader would have no word for: their line has a role and no name. */
async function namelessControls(page: Page): Promise<string[]> {
  const snapshot = await page.locator('body').ariaSnapshot();
  return snapshot
    .split('\n')
    .filter((line) => /^\s*- (?:button|link|textbox|searchbox|combobox|checkbox|radio|switch)(?=:|$| \[)/u.test(line));
}
