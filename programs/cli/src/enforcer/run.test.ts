import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runEnforcer } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-enforcer-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const jira = ['--jira', 'https://jira.customer.example/jira', '--name', '*.operator.example'];

async function run(...words: readonly string[]): Promise<{ status: number; out: string; error: string }> {
  const said = { out: '', error: '' };
  const status = await runEnforcer(words, {
    out: (text) => void (said.out += text),
    error: (text) => void (said.error += text),
  });
  return { status, ...said };
}

describe('sallyport enforcer', () => {
  it('prints a kit from flags alone, with the port and places that were given', async () => {
    const places = ['--listen', '192.0.2.1:8443', '--upstream', 'jira-inside:8090', '--folder', '/opt/kit'];
    const { status, out, error } = await run('nginx', ...jira, '--next-name', 'next.operator.example', ...places);
    assert.deepEqual([status, error], [0, '']);
    assert.match(out, /listen 192\.0\.2\.1:8443 ssl;/);
    assert.match(out, /proxy_pass http:\/\/jira-inside:8090;/);
    assert.match(out, /ssl_certificate \/opt\/kit\/server\.pem;/);
    assert.match(out, /# next: next\.operator\.example/);
  });

  it('gives facts as JSON that make the same kit for another product', async () => {
    const first = await run('haproxy', ...jira, '--egress', '192.0.2.9', '--policy', 'tls12-four', '--json');
    const file = join(folder, 'facts.json');
    writeFileSync(file, first.out);
    const second = await run('apache', '--facts', file, '--json');
    assert.equal(second.status, 0, second.error);
    const factsOf = (text: string): unknown => (JSON.parse(text) as { facts: unknown }).facts;
    assert.deepEqual(factsOf(second.out), factsOf(first.out));
  });

  it('takes policy and paths from terms, alone or as the API wraps them', async () => {
    const document = {
      baseUrl: 'https://jira.customer.example',
      tlsPolicy: 'tls12-four',
      restPaths: ['/rest/api/2/field'],
    };
    for (const [name, content] of [
      ['plain.json', document],
      ['wrapped.json', { version: 3, document }],
    ] as const) {
      const file = join(folder, name);
      writeFileSync(file, JSON.stringify(content));
      const { status, out, error } = await run('haproxy', '--terms', file, '--name', 'a.operator.example');
      assert.equal(status, 0, error);
      assert.match(out, /'\^\(\/rest\/api\/2\/field\)\$'/);
      assert.doesNotMatch(out, /DHE-RSA-AES256-GCM-SHA384:DHE/);
    }
  });

  it('writes each file under a folder as it stands on that machine, with its mode', async () => {
    const place = join(folder, 'written');
    const { status, out } = await run('stunnel', ...jira, '--write', place);
    assert.equal(status, 0);
    assert.match(readFileSync(join(place, '/etc/stunnel/sallyport.conf'), 'utf8'), /checkHost = \*\.operator\.example/);
    assert.match(out, /written: .*\/etc\/sallyport\/client-ca\.pem/);
    assert.equal(statSync(join(place, '/etc/sallyport/dh-group.pem')).mode & 0o777, 0o644);
  });

  it('ends with 1 and the member for a value that no configuration can hold', async () => {
    const hostile = 'a.example";} server { listen 1; } #';
    const { status, out, error } = await run('nginx', '--jira', 'https://jira.example', '--name', hostile, '--json');
    assert.equal(status, 1);
    const document = JSON.parse(out) as { error: { code: string; faults: { path: string }[] } };
    assert.equal(document.error.code, 'enforcer-facts');
    assert.deepEqual(
      document.error.faults.map(({ path }) => path),
      ['names.0.dnsName'],
    );
    assert.match(error, /is no DNS name/);
    assert.equal((await run('nginx', '--jira', 'https://jira.example')).status, 1, 'nobody is named');
  });

  it('ends with 2 for arguments and files that cannot be used', async () => {
    const noJson = join(folder, 'broken.json');
    writeFileSync(noJson, '{');
    const noFacts = join(folder, 'other.json');
    writeFileSync(noFacts, '{"facts":{"host":1}}');
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['usage', ['netcat', ...jira]],
      ['usage', ['nginx']],
      ['usage', ['nginx', ...jira, '--policy', 'ssl3']],
      ['usage', ['nginx', ...jira, '--nonsense']],
      ['usage', ['nginx', ...jira, '--upstream', 'nowhere']],
      ['url-not-https', ['nginx', '--jira', 'http://jira.example']],
      ['json-malformed', ['nginx', '--facts', noJson]],
      ['facts-malformed', ['nginx', '--facts', noFacts]],
      ['terms-malformed', ['nginx', '--terms', noFacts]],
      ['file-unreadable', ['nginx', '--facts', join(folder, 'missing')]],
      ['certificate-malformed', ['nginx', ...jira, '--client-cert', noJson]],
    ];
    for (const [code, words] of cases) {
      const { status, out } = await run(...words, '--json');
      assert.equal(status, 2, words.join(' '));
      assert.equal((JSON.parse(out) as { error: { code: string } }).error.code, code, words.join(' '));
    }
  });

  it('ends with 3 where whoever was asked for facts had none', async () => {
    const file = join(folder, 'none.json');
    writeFileSync(file, '{"error":{"code":"connection-unknown","message":"No connection has this id."}}');
    const { status, out } = await run('nginx', '--facts', file, '--json');
    assert.equal(status, 3);
    assert.equal((JSON.parse(out) as { error: { code: string } }).error.code, 'connection-unknown');
  });

  it('shows its options', async () => {
    const { status, out } = await run('--help');
    assert.equal(status, 0);
    assert.match(out, /--connection CONNECTION/);
  });
});
