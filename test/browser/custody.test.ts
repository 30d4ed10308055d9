/** Keys and the web tier's own certificate in the console: a key is replaced, and its progress told until the old one is retired. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { browserAbsent } from './open-console.ts';
import { signedInConsole, type SignedInConsole } from './signed-in-console.ts';

describe('keys and own certificate in the console', { skip: browserAbsent }, () => {
  let world: SignedInConsole;

  before(async () => (world = await signedInConsole()));
  after(async () => world?.close());

  it('shows the key with who holds it, and our own certificate with what is to be done', async () => {
    const { page } = world;
    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByRole('heading', { name: 'Keys and own certificate', level: 1 }).waitFor();
    const key = page.getByRole('article');
    await key.getByText('connector-1').waitFor();
    await key.getByText('in use', { exact: true }).waitFor();
    await page.getByText('Our own certificate was made on this machine.').waitFor();
    await page.getByRole('list', { name: 'Chain, from its root to ours' }).getByText('signed by itself').waitFor();
    await page.getByText('Trust: failed').waitFor();
  });

  it('replaces the key by keyboard after a second word, and says how far it is until the old one is retired', async () => {
    const { page, sallyport, opened } = world;
    const before = (await page.getByRole('article').getAttribute('aria-label')) ?? '';
    await page.getByRole('button', { name: 'Replace this key' }).press('Enter');
    await page.getByRole('alert').getByText('Replace this key while everything runs?').waitFor();
    // The way back has the focus: whoever goes on without reading changes nothing.
    assert.equal(
      await page.getByRole('button', { name: 'Keep it' }).evaluate((button) => button.matches(':focus')),
      true,
    );
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Replace this key' }).press('Enter');
    await page.getByRole('button', { name: 'Yes, replace it' }).press('Enter');
    const line = page.getByRole('list', { name: 'How far its replacement is' });
    await line.getByText('Old key retired').waitFor();
    await page.getByText('One key is retired: nothing is sealed to it').click({ timeout: 60_000 });
    const retired = page.getByRole('table', { name: 'Retired keys' });
    await retired.getByText(before.replace('Key ', '')).waitFor();
    assert.notEqual(await page.getByRole('article').getAttribute('aria-label'), before);
    const { body } = await sallyport.call('GET', '/seal-keys');
    assert.deepEqual(
      (body as { items: { state: string; sealedRecords: number }[] }).items.map(({ state }) => state),
      ['current', 'retired'],
    );
    assert.deepEqual(opened.complaints, []);
  });

  it('has no page wider than a narrow screen', async () => {
    const { page } = world;
    await page.setViewportSize({ width: 390, height: 800 });
    const [inner, outer] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]');
    assert.ok(inner <= outer, `${inner} > ${outer}`);
  });
});
