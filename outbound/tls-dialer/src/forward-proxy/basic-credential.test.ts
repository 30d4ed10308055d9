import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { basicAuthentication, proxyAuthorization, readBasicCredential } from './basic-credential.ts';

describe('the credential of a proxy', () => {
  it('is one line with the first colon between user and password', () => {
    assert.deepEqual(readBasicCredential('egress:a:b c\n'), { kind: 'basic', user: 'egress', password: 'a:b c' });
    assert.deepEqual(readBasicCredential('egress:'), { kind: 'basic', user: 'egress', password: '' });
  });

  it('is refused without a user, without a colon, and with a control character: a line end would be a field of its own', () => {
    for (const text of ['', ':password', 'egress', 'egress:a\nProxy-X: b', 'egress:a\rb', 'e\tg:a'])
      assert.equal(readBasicCredential(text), null, JSON.stringify(text));
    assert.equal(basicAuthentication('a:b', 'c'), null);
    assert.equal(basicAuthentication('a', 'c'.repeat(2_000)), null);
  });

  it('is sent in UTF-8', () => {
    const authentication = basicAuthentication('egress', 'pässword');
    assert.ok(authentication !== null);
    assert.equal(proxyAuthorization(authentication), `Basic ${Buffer.from('egress:pässword').toString('base64')}`);
    assert.equal(proxyAuthorization({ kind: 'none' }), null);
  });
});
