import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProxyUrl } from './index.ts';

function read(text: string) {
  const answer = readProxyUrl(text);
  return answer.ok ? answer.value : answer.error.code;
}

describe('the URL of a forward proxy', () => {
  it('is read with its scheme, host and port, and written in one form', () => {
    assert.deepEqual(read('http://Proxy.Example.com:3128'), {
      scheme: 'http',
      host: 'proxy.example.com',
      port: 3128,
      href: 'http://proxy.example.com:3128',
    });
    assert.deepEqual(read('https://[2001:db8::1]:8443/'), {
      scheme: 'https',
      host: '2001:db8::1',
      port: 8443,
      href: 'https://[2001:db8::1]:8443',
    });
  });

  it('has the port of its scheme where none is written', () => {
    for (const [text, port] of [
      ['http://proxy.example.com', 80],
      ['https://proxy.example.com', 443],
    ] as const) {
      const url = read(text);
      assert.equal(typeof url === 'string' ? url : url.port, port);
    }
  });

  it('never holds a credential, also none that is empty, and its fault does not repeat it', () => {
    for (const text of ['http://user:geheim@proxy:3128', 'http://@proxy:3128', 'http://:@proxy:3128']) {
      const answer = readProxyUrl(text);
      assert.equal(answer.ok, false);
      if (answer.ok) continue;
      assert.equal(answer.error.code, 'proxy-url-credentials');
      assert.equal(answer.error.message.includes('geheim'), false);
    }
  });

  it('is refused with another scheme, a path, a query, a space, no host, or without end', () => {
    assert.equal(read('socks5://proxy:1080'), 'proxy-url-scheme');
    assert.equal(read('http://proxy:3128/pac'), 'proxy-url-path');
    assert.equal(read('http://proxy:3128?x'), 'proxy-url-path');
    assert.equal(read('http://pro xy:3128'), 'proxy-url-malformed');
    assert.equal(read('proxy:3128'), 'proxy-url-malformed');
    assert.equal(read('http://-proxy-:3128'), 'proxy-url-host-invalid');
    assert.equal(read(`http://${'a'.repeat(600)}:3128`), 'proxy-url-too-long');
  });
});
