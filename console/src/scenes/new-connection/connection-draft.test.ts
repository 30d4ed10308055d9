import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crlAddressesOf, draftFaults, emptyDraft, projectKeysOf, type ConnectionDraft } from './connection-draft.ts';

const complete: ConnectionDraft = {
  ...emptyDraft,
  customerName: 'Acme Bank',
  baseUrl: 'https://jira.acme.example/jira',
  projectKeys: 'PROJ, ops',
  secret: 'token',
  ownerName: 'Olga',
  ownerEmail: 'olga@acme.example',
  technicalName: 'Tim',
  technicalEmail: 'tim@acme.example',
};

describe('the draft of a connection', () => {
  it('has no faults when all is there', () => assert.deepEqual(draftFaults(complete, null), {}));

  it('shows our client certificate, trusts public authorities and refuses private addresses unless told otherwise', () => {
    assert.deepEqual(
      [emptyDraft.withClientCertificate, emptyDraft.anchorsKind, emptyDraft.allowPrivate],
      [true, 'public', false],
    );
  });

  for (const [sentence, changes, field] of [
    ['refuses plain http', { baseUrl: 'http://jira.acme.example' }, 'baseUrl'],
    ['refuses a password in the address', { baseUrl: 'https://ada:secret@jira.acme.example' }, 'baseUrl'],
    ['refuses a query in the address', { baseUrl: 'https://jira.acme.example/?a=b' }, 'baseUrl'],
    ['needs a project', { projectKeys: ' , ' }, 'projectKeys'],
    ['refuses what is no project key', { projectKeys: '1ABC' }, 'projectKeys'],
    ['needs the token', { secret: '' }, 'secret'],
    ['needs the user name where a password goes with it', { authenticationKind: 'basic' }, 'accountName'],
    ['needs certificates for a private authority', { anchorsKind: 'pem' }, 'anchorsPem'],
    ['needs a reason for going without a client certificate', { withClientCertificate: false }, 'withoutReason'],
    ['needs a written word for TLS 1.3 with our certificate', { tlsPolicy: 'tls13' }, 'tls13Reason'],
    ['refuses hours that are none', { graceHours: 'two' }, 'graceHours'],
    ['needs the address of the proxy where there is one', { withProxy: true }, 'proxyUrl'],
    [
      'refuses a password in the address of the proxy',
      { withProxy: true, proxyUrl: 'http://ada:secret@proxy.example:3128' },
      'proxyUrl',
    ],
    [
      'needs certificates for a private authority of an https proxy',
      { withProxy: true, proxyUrl: 'https://proxy.example:3128', proxyAnchorsKind: 'pem' },
      'proxyAnchorsPem',
    ],
    ['needs an e-mail address of the owner', { ownerEmail: 'olga' }, 'ownerEmail'],
  ] as const satisfies readonly (readonly [string, Partial<ConnectionDraft>, keyof ConnectionDraft])[]) {
    it(sentence, () => assert.deepEqual(Object.keys(draftFaults({ ...complete, ...changes }, null)), [field]));
  }

  it('leaves a sealed credential as it is when the field stays empty, but not for another kind', () => {
    assert.deepEqual(draftFaults({ ...complete, secret: '' }, 'pat'), {});
    assert.deepEqual(Object.keys(draftFaults({ ...complete, secret: '' }, 'basic')), ['secret']);
  });

  it('reads a line each of other addresses of CRLs', () => {
    assert.deepEqual(crlAddressesOf(' http://crl.test/a.crl CN=Acme CA,O=Acme\n\nhttp://crl.test/b.crl'), [
      { url: 'http://crl.test/a.crl', authority: 'CN=Acme CA,O=Acme' },
      { url: 'http://crl.test/b.crl', authority: '' },
    ]);
  });

  it('reads project keys however they are separated, once each', () => {
    assert.deepEqual(projectKeysOf('abc, DEF\nABC;ghi'), ['ABC', 'DEF', 'GHI']);
  });
});
