import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyDraft, type ConnectionDraft } from './connection-draft.ts';
import { changeRequest, connectionRequest } from './connection-request.ts';

const unread = { approvedSha256: null, replayedSha256: null };
const proxied: ConnectionDraft = {
  ...emptyDraft,
  withProxy: true,
  proxyUrl: ' http://proxy.example:3128 ',
  proxyAuthentication: 'basic',
  proxyUsername: 'gate',
  proxyPassword: 'secret',
};

describe('the request of a draft', () => {
  it('leaves out what is not agreed: no proxy, no rules, no probes, no word for TLS 1.3', () => {
    const request = connectionRequest(emptyDraft, [], false);
    for (const member of ['proxy', 'proxyCredential', 'revocationRules', 'probes', 'tls13ClientCertificate']) {
      assert.equal(Object.hasOwn(request, member), false, member);
    }
  });

  it('names the proxy, and its credential beside it', () => {
    const { proxy, proxyCredential } = connectionRequest(proxied, [], false);
    assert.deepEqual(proxy, {
      url: 'http://proxy.example:3128',
      authenticationKind: 'basic',
      anchors: { kind: 'public' },
      allowPrivate: false,
    });
    assert.deepEqual(proxyCredential, { username: 'gate', password: 'secret' });
  });

  it('leaves the sealed credential of the proxy where nothing was typed', () =>
    assert.equal(changeRequest({ ...proxied, proxyUsername: '' }, proxied, unread).proxyCredential, undefined));

  it('says that the proxy goes, and that the rules are the strictest again', () => {
    const before: ConnectionDraft = { ...proxied, graceHours: '6' };
    const { proxy, revocationRules } = changeRequest(emptyDraft, before, unread);
    assert.deepEqual([proxy, revocationRules], [null, {}]);
  });

  it('sends rules for a private authority only where there is one', () => {
    const rules = { graceHours: '6', crlAddresses: 'http://crl.test/a.crl CN=CA', noRevocationData: true } as const;
    const publicly = connectionRequest({ ...emptyDraft, ...rules }, [], false);
    const privately = connectionRequest({ ...emptyDraft, ...rules, anchorsKind: 'pem' }, [], false);
    assert.deepEqual(publicly.revocationRules, { graceHours: 6 });
    assert.deepEqual(privately.revocationRules, {
      graceHours: 6,
      crlAddresses: [{ url: 'http://crl.test/a.crl', authority: 'CN=CA' }],
      anchorIssuesNoRevocationData: true,
    });
  });

  it('says what is agreed about swaps only where it changes, and takes it away by name', () => {
    const agreed = { ...emptyDraft, swaps: { ...emptyDraft.swaps, changeNumberRequired: true } };
    assert.deepEqual(connectionRequest(agreed, [], false).swaps, { changeNumberRequired: true });
    assert.equal(connectionRequest({ ...agreed, withClientCertificate: false }, [], false).swaps, undefined);
    assert.equal(changeRequest(agreed, agreed, unread).swaps, undefined);
    assert.deepEqual(changeRequest(emptyDraft, agreed, unread).swaps, {});
  });

  it('carries the hashes that a person has read', () => {
    const { approvedSha256, replayedSha256 } = changeRequest(emptyDraft, emptyDraft, {
      approvedSha256: 'a',
      replayedSha256: 'b',
    });
    assert.deepEqual([approvedSha256, replayedSha256], ['a', 'b']);
  });
});
