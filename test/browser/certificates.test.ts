/** Client certificates in the console: the inventory, a request made inside, and uploads, refused and taken. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { readCertificationRequest, readPem, writePem } from '@sallyport/x509';
import type { Page } from 'playwright-core';
import { issueCertificate } from '../../sandbox/src/demo-pki/certificate.ts';
import type { RunningSallyport } from '../system/running-sallyport.ts';
import { browserAbsent, type OpenConsole } from './open-console.ts';
import { signedInConsole } from './signed-in-console.ts';

/** A private authority that both sides agreed on, with no sources of revocation. */
function privateAuthority() {
  const keyPem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const life = { notBefore: Date.now() - 86_400_000, notAfter: Date.now() + 300 * 86_400_000 };
  const root = issueCertificate({ commonName: 'Agreed Root', ...life, purpose: { kind: 'root' } }, keyPem, null);
  const issuer = { commonName: 'Agreed Root', keyPem, chainPem: '', pointers: null };
  return {
    rootPem: root.certificatePem,
    issued: (requestPem: string): string => {
      const [block] = readPem(requestPem);
      const { publicKey } = readCertificationRequest(block?.der ?? new Uint8Array());
      const purpose = { kind: 'client', dnsNames: ['jira-sync.operator.example'] } as const;
      return issueCertificate(
        { commonName: 'jira-sync.operator.example', ...life, purpose },
        writePem('PUBLIC KEY', publicKey.der),
        issuer,
      ).certificatePem;
    },
  };
}

describe('client certificates in the console', { skip: browserAbsent }, () => {
  let sallyport: RunningSallyport;
  let opened: OpenConsole;
  let page: Page;
  let requestAddress = '';
  const authority = privateAuthority();

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
    await page.getByLabel('Common name').fill('jira-sünc.operator.example');
    await page.getByRole('button', { name: 'Make key and request' }).click();
    await page.getByText('write xn--jira-snc-c6a.operator.example').waitFor();
    await page.getByLabel('Common name').fill('*.operator.example');
    await page.getByRole('button', { name: 'Make key and request' }).click();
    await page.getByText('One for a single name was said, and *.operator.example is a wildcard.').waitFor();
    await page.getByLabel('Common name').fill('jira-sync.operator.example');
    await page.getByRole('button', { name: 'Make key and request' }).click();
    await page.getByText('The key is made. The authority’s certificate is waited for.').waitFor();
    assert.match(await page.getByLabel('the request', { exact: true }).innerText(), /BEGIN CERTIFICATE REQUEST/);
  });

  it('says which word keeps a certificate out of its request, and takes it once that is corrected', async () => {
    requestAddress = new URL(page.url()).pathname;
    const requestPem = await page.getByLabel('the request', { exact: true }).innerText();
    const answer = page.getByLabel('Or as text (PEM)');
    await answer.fill(authority.issued(requestPem));
    await page.getByRole('button', { name: 'Give it back and judge it' }).click();
    await page.getByText('It was not taken.', { exact: true }).waitFor();
    await page.getByRole('link', { name: /^Correct from whom it comes/ }).click();
    const facts = page.getByRole('region', { name: 'What its certificate is judged by' });
    assert.equal(
      await facts.getByRole('radio', { name: /^A public authority/ }).evaluate((field) => field.matches(':focus')),
      true,
    );
    await facts.getByRole('radio', { name: /^An agreed private authority/ }).check({ force: true });
    await facts.getByLabel('Roots of the agreed authority (PEM)').fill(authority.rootPem);
    await facts.getByLabel('Domain').fill('elsewhere.example');
    await facts.getByRole('button', { name: 'Correct it' }).click();
    await facts.getByText('jira-sync.operator.example does not lie under elsewhere.example').waitFor();
    await facts.getByLabel('Domain').fill('operator.example');
    await facts.getByRole('button', { name: 'Correct it' }).click();
    await facts.getByText('CN=Agreed Root').waitFor();
    await answer.fill(authority.issued(requestPem));
    await page.getByRole('button', { name: 'Give it back and judge it' }).click();
    await page.getByText('It was taken.').waitFor();
    await page.getByRole('link', { name: 'See the certificate' }).waitFor();
  });

  it('begins a renewal with what is known, and gives a request up only after a second word and a reason', async () => {
    await page.goto(requestAddress);
    await page.getByRole('link', { name: 'See the certificate' }).click();
    await page.getByRole('link', { name: 'Renew' }).click();
    await page.getByText('It begins with what is known of jira-sync.operator.example.').waitFor();
    assert.equal(await page.getByLabel('Common name').inputValue(), 'jira-sync.operator.example');
    assert.match(
      await page.getByLabel('How we call it').inputValue(),
      /^jira-sync\.operator\.example renewed \w+ \d{4}$/,
    );
    assert.match(await page.getByLabel('Roots of the agreed authority (PEM)').inputValue(), /BEGIN CERTIFICATE/);
    await page.getByRole('button', { name: 'Make key and request' }).click();
    await page.getByRole('button', { name: 'Give the request up' }).press('Enter');
    await page.getByRole('button', { name: 'Yes, destroy the key' }).press('Enter');
    await page.getByText('Say why, in a sentence.').first().waitFor();
    assert.equal(await page.getByLabel('Reason').evaluate((field) => field.matches(':focus')), true);
    await page.getByLabel('Reason').fill('Ordered twice.');
    await page.getByRole('button', { name: 'Yes, destroy the key' }).press('Enter');
    await page.getByText('It was given up, and its key is destroyed.').waitFor();
    await page.getByText('Why: Ordered twice.').waitFor();
    assert.equal(await page.locator('h1').evaluate((heading) => heading.matches(':focus')), true);
    assert.equal(await page.getByRole('button', { name: 'Download the request' }).count(), 0);
    assert.equal(await page.getByText('Take this to the authority').count(), 0);
  });

  it('tells why an upload is not taken and who must act', async () => {
    await page.goto('/client-certificates/new');
    await page.getByRole('radio', { name: 'Upload it' }).check({ force: true });
    await page.getByLabel('Domain').fill('operator.example');
    const noise = { name: 'noise.p12', mimeType: 'application/x-pkcs12', buffer: Buffer.from('no certificate at all') };
    await page.getByLabel('Certificate, key and chain').setInputFiles(noise);
    await page.getByRole('button', { name: 'Upload and judge' }).click();
    await page.getByText('It was not taken.', { exact: true }).waitFor();
    await page.getByText('must act.').first().waitFor();
    await page.getByRole('link', { name: 'Try with other files' }).click();
    await page.getByText('What you said is kept.').waitFor();
    assert.equal(await page.getByRole('radio', { name: 'Upload it' }).isChecked(), true);
    assert.equal(await page.getByLabel('Domain').inputValue(), 'operator.example');
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
    await page.getByText('It can follow').waitFor();
    await page.getByRole('link', { name: 'Swap the connections over to it' }).waitFor();
    // Once more: what was said is kept, and the one that is there is named.
    const uploadId = new URL(page.url()).pathname.split('/').at(-1);
    await page.goto(`/client-certificates/new?again=${uploadId}`);
    await page.getByLabel('Certificate, key and chain').setInputFiles(join(folder, 'renewal-to-upload.pem'));
    await page.getByLabel('Password of the file').fill('sandbox');
    await page.getByRole('button', { name: 'Upload and judge' }).click();
    await page.getByText('It is here already; nothing was changed.').waitFor();
    await page.getByRole('link', { name: 'See the one that is there' }).click();
    await page.getByRole('heading', { level: 1, name: '*.operator.example' }).waitFor();
    // Refusals that were asked for above stand in the browser's console.
    const complaints = opened.complaints.filter((complaint) => !/ 4(?:09|22) /.test(complaint));
    assert.deepEqual([complaints, opened.foreignRequests], [[], []]);
  });
});
