import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBaseUrl, readHostPort } from './base-url.ts';

describe('base URLs', () => {
  const good: readonly [string, string, number, string][] = [
    ['https://jira.example.com', 'jira.example.com', 443, ''],
    ['https://jira.example.com/', 'jira.example.com', 443, ''],
    ['https://JIRA.Example.com:8443/jira/', 'jira.example.com', 8443, '/jira'],
    ['https://jira.example.com./a/b', 'jira.example.com', 443, '/a/b'],
    ['https://bücher.example/jira', 'xn--bcher-kva.example', 443, '/jira'],
    ['https://[2001:DB8::1]:444/x', '2001:db8::1', 444, '/x'],
    ['https://192.0.2.1', '192.0.2.1', 443, ''],
  ];
  for (const [text, host, port, contextPath] of good)
    it(`reads ${text}`, () => {
      const answer = readBaseUrl(text);
      assert.ok(answer.ok);
      assert.deepEqual([answer.value.host, answer.value.port, answer.value.contextPath], [host, port, contextPath]);
    });

  const bad: readonly [string, string][] = [
    ['http://jira.example.com', 'url-not-https'],
    ['ftp://jira.example.com', 'url-not-https'],
    ['https://user:secret@jira.example.com', 'url-credentials'],
    ['https://user@jira.example.com', 'url-credentials'],
    ['https://@jira.example.com', 'url-credentials'],
    ['https://jira.example.com/?a=b', 'url-query'],
    ['https://jira.example.com/#top', 'url-query'],
    ['https://jira.example.com/a//b', 'url-path-invalid'],
    ['https://jira.example.com/a%2Fb', 'url-path-invalid'],
    ['https://', 'url-malformed'],
    ['jira.example.com', 'url-malformed'],
    ['https://jira .example.com', 'url-malformed'],
    ['https://jira.example.com/\n', 'url-malformed'],
    ['https://-jira.example.com', 'url-host-invalid'],
    [`https://${'a'.repeat(64)}.example`, 'url-host-invalid'],
    [`https://jira.example.com/${'a'.repeat(2_000)}`, 'url-too-long'],
  ];
  for (const [text, code] of bad)
    it(`refuses ${text.slice(0, 50).trim()} as ${code}`, () => {
      const answer = readBaseUrl(text);
      assert.equal(answer.ok ? null : answer.error.code, code);
      assert.equal(answer.ok ? '' : answer.error.message.includes('secret'), false);
    });

  it('reads a place to dial, and nothing that is none', () => {
    assert.deepEqual(readHostPort('proxy.example:8443'), { host: 'proxy.example', port: 8443 });
    assert.deepEqual(readHostPort('[::1]:443'), { host: '::1', port: 443 });
    for (const text of [
      'proxy.example',
      'proxy.example:0',
      'proxy.example:70000',
      '::1:443',
      'a/b:1',
      'user@host:1',
      '',
    ])
      assert.equal(readHostPort(text), null, text);
  });
});
