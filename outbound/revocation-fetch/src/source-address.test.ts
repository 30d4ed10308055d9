import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FetchFailure } from './fetch-failure.ts';
import { hostOf, portOf, readSourceAddress } from './source-address.ts';

function codeOf(text: string, base: string | null = null, throughProxy = false): string {
  try {
    return readSourceAddress(text, base === null ? null : new URL(base), throughProxy).href;
  } catch (error) {
    if (error instanceof FetchFailure) return error.code;
    throw error;
  }
}

describe('the address of a source', () => {
  it('is of http or https, as a certificate names it', () => {
    for (const text of ['http://crl.test/a.crl', 'https://crl.test:8443/a?b=c', 'HTTP://CRL.test/'])
      assert.match(codeOf(text), /^https?:\/\/crl\.test/);
    for (const text of [
      'ldap://directory.test/cn=CA?crl',
      'file:///etc/passwd',
      'ftp://crl.test/',
      'gopher://x/',
      '/a.crl',
      '',
      'http://',
    ])
      assert.equal(codeOf(text), 'source-scheme-not-supported', text);
  });
  it('holds no credential and has an end', () => {
    assert.equal(codeOf('http://user:secret@crl.test/'), 'source-scheme-not-supported');
    assert.equal(codeOf(`http://crl.test/${'a'.repeat(3_000)}`), 'source-scheme-not-supported');
  });
  it('may be relative in a redirect, and leads nowhere else than http and https', () => {
    const base = 'http://crl.test/old/a.crl';
    assert.equal(codeOf('../new.crl', base), 'http://crl.test/new.crl');
    assert.equal(codeOf('//other.test/b', base), 'http://other.test/b');
    for (const text of ['file:///etc/passwd', 'ldap://x/', 'http://a:b@x.test/', 'data:,x'])
      assert.equal(codeOf(text, base), 'source-redirect-forbidden', text);
  });
  it('is no inside name where a proxy would resolve it', () => {
    for (const text of [
      'http://localhost/',
      'http://intranet/',
      'http://a.localhost./',
      'http://x.INTERNAL/',
      'http://nas.local/',
    ]) {
      assert.equal(codeOf(text, null, true), 'source-address-forbidden', text);
      assert.equal(codeOf(text, 'http://crl.test/', true), 'source-redirect-forbidden', text);
      assert.doesNotMatch(codeOf(text), /forbidden/, `${text}: directly, the address guard decides`);
    }
    assert.equal(codeOf('http://local.test/', null, true), 'http://local.test/');
  });
  it('is taken apart into the place that is dialled', () => {
    const places = ['http://crl.test/', 'https://crl.test/', 'http://[2001:db8::1]:81/'].map((text) => new URL(text));
    assert.deepEqual(places.map(hostOf), ['crl.test', 'crl.test', '2001:db8::1']);
    assert.deepEqual(places.map(portOf), [80, 443, 81]);
  });
});
