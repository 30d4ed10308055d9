import type { ConnectionDetail, Handshake } from '@sallyport/console-api';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { proxyLinks, proxyOutcome, proxyPlaces } from './proxy-travel.ts';

const connection = (proxy: unknown): ConnectionDetail => ({ terms: { document: { proxy } } }) as ConnectionDetail;
const handshake = (changes: object): Handshake => ({ error: null, ...changes }) as Handshake;
const proxy = { url: 'http://proxy.example:3128', authenticationKind: 'basic' };

describe('the forward proxy on the path', () => {
  it('is no station where the terms name none', () => {
    assert.deepEqual([proxyPlaces(connection(undefined)), proxyLinks(connection(undefined), null)], [[], []]);
  });

  it('stands as configured before the first dial', () => {
    const [link] = proxyLinks(connection(proxy), null);
    assert.deepEqual([link?.protocol, link?.outcome], ['CONNECT', 'resting']);
  });

  it('is proven where it opened the tunnel, and broken where it did not', () => {
    assert.equal(proxyOutcome(handshake({ proxy: { status: 200, report: null } })), 'proven');
    const refused = handshake({ proxy: { status: 407, report: null, tls: null } });
    assert.equal(proxyOutcome(refused), 'broken');
    assert.equal(proxyLinks(connection(proxy), refused)[0]?.protocol, 'answered 407');
  });

  it('knows nothing of it from a dial under older terms, unless that says so', () => {
    assert.equal(proxyOutcome(handshake({})), 'resting');
    assert.equal(proxyOutcome(handshake({ error: { code: 'proxy-unreachable' } })), 'broken');
  });
});
