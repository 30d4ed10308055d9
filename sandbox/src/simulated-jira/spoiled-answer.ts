/** How an answer is written while faults are on; without any it is written as it is. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { html, json, type Answer } from './answer.ts';
import type { JiraFault } from './faults.ts';

type Headers = Readonly<Record<string, string | string[] | number>>;

const bombMemberBytes = 16 << 20;
const bombMembers = 64;

/** Faults for which it does not matter what was asked; null where none is on. */
export function replaceByFault(faults: ReadonlySet<JiraFault>): Answer | null {
  if (faults.has('503-html')) {
    return html(503, '<html><head><title>503 SANDBOX maintenance</title></head><body>Back soon.</body></html>');
  }
  if (faults.has('login-302')) {
    return { ...html(302, ''), headers: { location: 'https://sso.customer.example/login?to=jira' } };
  }
  if (faults.has('html-200')) {
    return html(
      200,
      '<!doctype html><html><head><title>SANDBOX: sign in</title></head><body><form></form></body></html>',
    );
  }
  if (faults.has('429')) {
    return { ...json(429, { message: 'Rate limit exceeded.' }), headers: rateLimitHeaders };
  }
  return null;
}

const rateLimitHeaders = {
  'x-ratelimit-limit': '10',
  'x-ratelimit-remaining': '0',
  'x-ratelimit-fillrate': '1',
  'x-ratelimit-interval-seconds': '1',
  'retry-after': '1',
};

export function spoil(
  faults: ReadonlySet<JiraFault>,
  response: ServerResponse,
  status: number,
  headers: Headers,
  body: Buffer,
): void {
  const half = body.subarray(0, Math.floor(body.length / 2));
  if (faults.has('gzip-bomb')) {
    response.writeHead(status, { ...headers, 'content-encoding': 'gzip' });
    response.end(gzipBomb());
  } else if (faults.has('truncated-json')) {
    response.writeHead(status, { ...headers, 'content-length': half.length }).end(half);
  } else if (faults.has('stall') || faults.has('reset')) {
    response.writeHead(status, { ...headers, 'content-length': body.length });
    response.write(half, () => {
      if (faults.has('reset')) response.socket?.destroy();
    });
  } else {
    response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
  }
}

let bomb: Buffer | null = null;

/** About 1 MB that becomes 1 GiB of JSON: an answer that begins well and then is white space. Made when first needed. */
function gzipBomb(): Buffer {
  if (bomb === null) {
    const space = gzipSync(Buffer.alloc(bombMemberBytes, ' '), { level: 9 });
    const begin = gzipSync(Buffer.from('{"startAt":0,"maxResults":50,"total":1,"issues":['));
    // RFC 1952 §2.2: members that follow one another are one text.
    bomb = Buffer.concat([begin, ...Array.from({ length: bombMembers }, () => space)]);
  }
  return bomb;
}
