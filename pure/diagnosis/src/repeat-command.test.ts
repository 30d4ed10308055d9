import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failed, good, refused } from './cases/observed.ts';
import { diagnose } from './diagnose.ts';
import { repeatCommand } from './repeat-command.ts';
import type { ObservedTarget } from './observations.ts';
import type { RepeatKind } from './rule.ts';

const proxy = { url: 'http://proxy.example:3128', authentication: 'none', anchors: 'public' } as const;

function command(kind: RepeatKind, change: Partial<ObservedTarget> = {}, hasCertificate = true): string {
  return repeatCommand({ kind, target: { ...good.target, ...change }, hasCertificate, path: null });
}

describe('the command that shows a finding without us', () => {
  it('names the anchors that were agreed on, and none for the public list', () => {
    assert.equal(
      command('http', { anchors: 'private' }),
      "curl -sv --cacert anchors.pem --tls-max 1.2 --cert client.pem --key client.key 'https://jira.example.com:443/jira/rest/api/2/serverInfo'",
    );
    assert.match(command('handshake', { anchors: 'private' }), / -CAfile anchors\.pem /);
    for (const kind of ['http', 'handshake'] as const) assert.doesNotMatch(command(kind), /anchors/);
  });

  it('dials where the connection dials', () => {
    const change = { dialledPlace: '192.0.2.1:8443' };
    assert.match(command('http', change), / --connect-to 'jira\.example\.com:443:192\.0\.2\.1:8443' /);
    assert.match(command('handshake', change), /^openssl s_client -connect 192\.0\.2\.1:8443 /);
  });

  it('goes through the proxy of the connection, and asks for its password rather than holding it', () => {
    assert.match(command('http', { proxy }), / -x http:\/\/proxy\.example:3128 /);
    assert.match(command('handshake', { proxy }), / -proxy proxy\.example:3128 /);
    const basic = { ...proxy, authentication: 'basic' } as const;
    assert.match(command('http', { proxy: basic }), / -x http:\/\/proxy\.example:3128 --proxy-user USER /);
    assert.match(command('tcp', { proxy }), /--proxytunnel -x http/);
  });

  it('uses curl for a handshake through an https proxy, which s_client cannot do', () => {
    const secure = { url: 'https://proxy.example:3129', authentication: 'none', anchors: 'private' } as const;
    for (const kind of ['handshake', 'show-certificate', 'handshake-elliptic'] as const)
      assert.match(command(kind, { proxy: secure }), /^curl .*-x https:.* --proxy-cacert proxy-anchors\.pem /);
  });

  it('shows no certificate where we have none', () => {
    for (const kind of ['http', 'handshake'] as const)
      assert.doesNotMatch(command(kind, {}, false), /client\.(pem|key)/);
  });

  it('leaves the version open where the policy does', () => {
    assert.doesNotMatch(command('http', { policy: 'tls13' }), /tls-max/);
    assert.doesNotMatch(command('handshake', { policy: 'tls13' }), /tls1_2/);
  });

  it('leads past our proxy in a letter to the customer, who has another way', () => {
    const [top] = diagnose(refused('validity', 'X509_EXPIRED', undefined, { target: { ...good.target, proxy } }));
    assert.equal(top?.actor, 'customer');
    assert.match(top.repeatCommand, /proxy\.example/);
    assert.doesNotMatch(top.textToSend, /proxy\.example/);
    assert.match(top.textToSend, /openssl s_client -connect jira\.example\.com:443 /);
  });

  it('goes to the address that a probe was about', () => {
    const spoilt = refused('validity', 'X509_EXPIRED');
    const other = good.dials.map((dial) => ({ ...dial, probe: 'address:192.0.2.2', address: '192.0.2.2' }));
    const [top] = diagnose({ ...spoilt, dials: [...spoilt.dials, ...other] });
    assert.deepEqual([top?.rule, top?.observation.probe], ['uneven-nodes', 'address:192.0.2.2']);
    assert.match(top?.repeatCommand ?? '', /^openssl s_client -connect 192\.0\.2\.2:443 /);
  });

  it('has the proxy in it where the proxy wants a password, and asks the operator for that alone', () => {
    const [top] = diagnose(
      failed('proxy-authentication-required', 'operator', {}, { target: { ...good.target, proxy } }),
    );
    assert.deepEqual([top?.rule, top?.actor], ['proxy-wants-authentication', 'operator']);
    assert.match(top?.repeatCommand ?? '', /^curl -sv -x http:\/\/proxy\.example:3128 --proxy-user USER /);
    assert.match(top?.textToSend ?? '', /^To the operator of Sallyport:/);
    assert.match(top?.whatToDo ?? '', /^give /);
  });
});
