import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { observeAnswer } from './observe-answer.ts';

const at = new Date('2026-06-01T12:00:00.000Z');
const asked = { probe: 'ours', identity: 'ours', path: '/rest/api/2/serverInfo', authenticated: false, at } as const;
const observe = (status: number, headers: Record<string, string>, body: string) =>
  observeAnswer(asked, status, headers, Buffer.from(body), at.getTime() + 40);

describe('an answer as the rules see it', () => {
  it('keeps the headers that rules ask for, and no cookie, secret or query', () => {
    const { headers } = observe(
      302,
      { 'set-cookie': 'JSESSIONID=1', location: 'https://idp.example.com/sso?SAMLRequest=secret' },
      '',
    );
    assert.deepEqual(headers, { location: 'https://idp.example.com/sso' });
  });

  it('tells JSON, pages, text and nothing apart by what came, not by what it is called', () => {
    assert.equal(observe(200, { 'content-type': 'text/html' }, '{"version":"10.3.1"}').kind, 'json');
    assert.equal(observe(200, { 'content-type': 'application/json' }, '<!doctype html><p>Log in').kind, 'html');
    assert.equal(observe(200, {}, 'ok').kind, 'text');
    assert.equal(observe(204, {}, '').kind, 'empty');
  });

  it('takes a clock for right within what a header of whole seconds can tell', () => {
    assert.equal(observe(200, { date: 'Mon, 01 Jun 2026 12:00:00 GMT' }, '{}').clockAheadMilliseconds, 0);
    assert.equal(observe(200, { date: 'Mon, 01 Jun 2026 12:06:00 GMT' }, '{}').clockAheadMilliseconds, 360_480);
    assert.equal(observe(200, {}, '{}').clockAheadMilliseconds, null);
  });

  it('shows the beginning of a page as printable words', () => {
    const { words } = observe(403, {}, `<p>\u001b[31mno\u0000\n\n way</p>${'x'.repeat(5_000)}`);
    assert.match(words, /^<p> \[31mno way<\/p>x+$/);
    assert.ok(words.length <= 600);
  });

  it('recognises the page by which nginx refuses a certificate', () => {
    const { refusal } = observe(400, {}, '<center>No required SSL certificate was sent</center>');
    assert.equal(refusal?.kind, 'missing');
  });
});
