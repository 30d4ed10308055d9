import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isCrossOrigin } from './cross-origin.ts';

const host = 'console.example:8443';

describe('a request from another site', () => {
  it('is known by what the browser says of itself', () => {
    assert.equal(isCrossOrigin({ host, 'sec-fetch-site': 'same-origin', origin: `https://${host}` }), false);
    assert.equal(isCrossOrigin({ host, 'sec-fetch-site': 'none' }), false);
    for (const site of ['cross-site', 'same-site'])
      assert.equal(isCrossOrigin({ host, 'sec-fetch-site': site }), true, site);
  });

  it('is known by its origin where the browser says nothing else', () => {
    assert.equal(isCrossOrigin({ host, origin: `https://${host}` }), false);
    assert.equal(isCrossOrigin({ host: 'console.example:443', origin: 'https://console.example' }), false);
    for (const origin of ['https://evil.example', 'https://console.example:9443', 'null'])
      assert.equal(isCrossOrigin({ host, origin }), true, origin);
  });

  it('is not seen in those of scripts, which send neither, or of a proxy that changes the host', () => {
    assert.equal(isCrossOrigin({ host }), false);
    assert.equal(
      isCrossOrigin({ host: '127.0.0.1:8443', origin: 'https://console.example', 'sec-fetch-site': 'same-origin' }),
      false,
    );
  });
});
