/** The client against a far side that answers whatever a test says, over plain HTTP: TLS is the dialer's matter. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { defaultTerms, type Terms } from '@sallyport/terms';
import { Agent } from 'undici';
import { clientOver, type JiraClient } from './read-requests.ts';
import { readCredential } from './auth/credential.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const html = '<!doctype html><html><body>Sign in</body></html>';
const myself = { name: 'sallyport', key: 'JIRAUSER1', timeZone: 'Europe/Zurich' };
const page = { startAt: 0, maxResults: 50, total: 0, issues: [] };
let server: Server;
let answer: Answer;
let requests: IncomingMessage[] = [];
let agent: Agent;

const json =
  (body: unknown, headers: Record<string, string> = {}, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', ...headers });
    response.end(JSON.stringify(body));
  };

before(async () => {
  agent = new Agent();
  server = createServer((request, response) => {
    requests.push(request);
    request.resume();
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  await agent.destroy();
  server.closeAllConnections();
  server.close();
});

function client(change: Partial<Terms> = {}): JiraClient {
  requests = [];
  const { port } = server.address() as AddressInfo;
  const contact = { name: 'Ada', email: 'ada@example.com' };
  const terms = defaultTerms({
    baseUrl: `http://127.0.0.1:${port}/jira`,
    projectKeys: ['PROJ'],
    accountName: 'sallyport',
    contacts: { owner: contact, technical: contact },
    ...change,
  });
  return clientOver({ dispatcher: agent, terms, credential: { kind: 'pat', token: 'secret-token' }, clock: () => 0 });
}

const query = { jql: 'project in ("PROJ")', startAt: 0, maxResults: 50, fields: ['summary'], changelog: true };

async function searchError(given: Answer): Promise<{ code: string; effect: string; message: string; actor: string }> {
  answer = given;
  const result = await client().search(query);
  assert.ok(!result.ok, 'an error');
  assert.ok(!JSON.stringify(result).includes('secret-token'));
  return result.error;
}

describe('the Jira client', () => {
  it('asks below the context path, always with its credentials, and never as a browser would', async () => {
    answer = json(myself);
    const result = await client().identify();
    assert.ok(result.ok);
    assert.equal(result.value.timeZone, 'Europe/Zurich');
    const [request] = requests;
    assert.equal(request?.url, '/jira/rest/api/2/myself');
    assert.equal(request?.headers.authorization, 'Bearer secret-token');
    assert.equal(request?.headers['x-atlassian-token'], 'no-check');
  });

  it('reads a compressed page', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify(page)));
    };
    assert.ok((await client().search(query)).ok);
  });

  it('keeps the session of its node and drops it when Jira refuses', async () => {
    const jira = client();
    answer = json(page, { 'set-cookie': 'JSESSIONID=abc; Path=/jira; HttpOnly' });
    await jira.search(query);
    answer = json({}, {}, 401);
    await jira.search(query);
    assert.equal(requests[1]?.headers.cookie, 'JSESSIONID=abc');
  });

  for (const [what, given, code, effect] of [
    ['401', json({}, {}, 401), 'JIRA_UNAUTHORIZED', 'stop'],
    [
      '401 as a web page',
      (_q, r) => r.writeHead(401, { 'content-type': 'text/html' }).end(html),
      'JIRA_UNAUTHORIZED',
      'stop',
    ],
    ['403', json({ errorMessages: ['No.'] }, {}, 403), 'JIRA_FORBIDDEN', 'stop'],
    [
      'a CAPTCHA',
      json({}, { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://j/login.jsp' }, 403),
      'JIRA_CAPTCHA',
      'stop',
    ],
    ['a 200 to nobody', json(page, { 'x-ausername': 'anonymous' }), 'JIRA_ANONYMOUS', 'stop'],
    [
      'a 200 after a failed sign-in',
      json(page, { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' }),
      'JIRA_ANONYMOUS',
      'stop',
    ],
    [
      'a query refused because nobody asks',
      json({ errorMessages: ['No such project.'] }, { 'x-ausername': 'anonymous' }, 400),
      'JIRA_ANONYMOUS',
      'stop',
    ],
    ['another account', json(page, { 'x-ausername': 'admin' }), 'JIRA_OTHER_ACCOUNT', 'stop'],
    [
      'a redirect to a sign-in page',
      (_q, r) => r.writeHead(302, { location: 'https://idp.example/sso?token=1' }).end(),
      'JIRA_LOGIN_REDIRECT',
      'later',
    ],
    [
      'a web page with status 200',
      (_q, r) => r.writeHead(200, { 'content-type': 'text/html' }).end(html),
      'JIRA_HTML_ANSWER',
      'later',
    ],
    [
      'a web page that calls itself JSON',
      (_q, r) => r.writeHead(200, { 'content-type': 'application/json' }).end(html),
      'JIRA_HTML_ANSWER',
      'later',
    ],
    [
      '503 of a reindex',
      (_q, r) => r.writeHead(503, { 'content-type': 'text/html' }).end(html),
      'JIRA_UNAVAILABLE',
      'later',
    ],
    ['502', (_q, r) => r.writeHead(502).end('bad gateway'), 'JIRA_SERVER_ERROR', 'later'],
    [
      'a query that Jira refuses',
      json({ errorMessages: ["The value 'X' does not exist for the field 'project'."] }, {}, 400),
      'JIRA_QUERY_REFUSED',
      'later',
    ],
    [
      "the proxy's refusal of the certificate",
      (_q, r) =>
        r.writeHead(400, { 'content-type': 'text/html' }).end('<html>400 No required SSL certificate was sent</html>'),
      'JIRA_CERTIFICATE_REFUSED',
      'later',
    ],
    [
      'JSON that is cut off',
      (_q, r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{"issues":[{"id":"1"'),
      'JIRA_ANSWER_TRUNCATED',
      'later',
    ],
    [
      'no JSON',
      (_q, r) => r.writeHead(200, { 'content-type': 'text/plain' }).end('pong'),
      'JIRA_ANSWER_NOT_JSON',
      'later',
    ],
    ['JSON of another kind', json({ values: [] }), 'JIRA_ANSWER_SHAPE', 'later'],
    [
      'a connection that ends in the middle',
      (_q, r) => {
        r.writeHead(200, { 'content-length': '1000' });
        r.write('{"issues":');
        setImmediate(() => r.destroy());
      },
      'JIRA_ANSWER_TRUNCATED',
      'later',
    ],
    ['a connection that ends at once', (q) => q.socket.destroy(), 'JIRA_CONNECTION_LOST', 'later'],
    [
      'a compressed answer that is cut off',
      (_q, r) => r.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(page)).subarray(0, 20)),
      'JIRA_ANSWER_TRUNCATED',
      'later',
    ],
    [
      'an encoding nobody asked for',
      (_q, r) => r.writeHead(200, { 'content-encoding': 'br' }).end('x'),
      'JIRA_ANSWER_ENCODING',
      'later',
    ],
  ] as readonly (readonly [string, Answer, string, string])[]) {
    it(`tells ${what} by name`, async () => {
      const error = await searchError(given);
      assert.equal(error.code, code);
      assert.equal(error.effect, effect);
      assert.doesNotMatch(error.message, /token=1/);
    });
  }

  it('refuses a gzip bomb after its limit, not after its end', async () => {
    const bomb = gzipSync(Buffer.alloc(64 << 20));
    const error = await searchError((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb),
    );
    assert.equal(error.code, 'JIRA_ANSWER_TOO_LARGE');
  });

  it('waits as long as Jira asks, in seconds or until a date', async () => {
    for (const [value, expected] of [
      ['7', 7_000],
      ['Thu, 01 Jan 1970 00:00:09 GMT', 9_000],
      ['99999999', 3_600_000],
    ] as const) {
      answer = json({}, { 'retry-after': value }, 429);
      const result = await client().search(query);
      assert.ok(!result.ok && result.error.code === 'JIRA_RATE_LIMITED');
      assert.equal(result.error.waitMilliseconds, expected);
    }
  });

  it('rests before it is told to when no token is left', async () => {
    answer = json(page, { 'x-ratelimit-remaining': '0', 'x-ratelimit-interval-seconds': '2' });
    const result = await client().search(query);
    assert.ok(result.ok && result.restMilliseconds === 2_000);
  });

  it('sends nothing more after a 401: the account must not be locked', async () => {
    const jira = client();
    answer = json({}, {}, 401);
    await jira.search(query);
    const again = await jira.search(query);
    assert.ok(!again.ok && again.error.code === 'JIRA_UNAUTHORIZED');
    assert.equal(requests.length, 1);
    assert.equal(jira.stopped?.code, 'JIRA_UNAUTHORIZED');
  });

  it('sends nothing more once Jira has said that it is somebody else', async () => {
    const jira = client();
    answer = json({ name: 'admin' });
    assert.equal((await jira.identify()).ok, false);
    await jira.search(query);
    assert.equal(requests.length, 1);
  });

  it('holds on to the account of the first answer where the terms name none', async () => {
    const jira = client({ accountName: null });
    answer = json({ name: 'whoever' });
    assert.ok((await jira.identify()).ok);
    answer = json(page, { 'x-ausername': 'another' });
    const result = await jira.search(query);
    assert.ok(!result.ok && result.error.code === 'JIRA_OTHER_ACCOUNT');
  });

  it('sends nothing that the terms do not allow', async () => {
    const result = await client({ restPaths: ['/rest/api/2/myself'] }).search(query);
    assert.ok(!result.ok && result.error.code === 'JIRA_REQUEST_NOT_PERMITTED');
    assert.equal(requests.length, 0);
  });
});

describe('a stored credential', () => {
  it('is read as JSON or bare, for the kind that the terms name', () => {
    assert.deepEqual(readCredential('abc\n', 'pat'), { kind: 'pat', token: 'abc' });
    assert.deepEqual(readCredential('{"kind":"pat","token":"abc"}', 'pat'), { kind: 'pat', token: 'abc' });
    assert.deepEqual(readCredential('ada:a:b', 'basic'), { kind: 'basic', name: 'ada', password: 'a:b' });
    assert.equal(readCredential('{"kind":"pat","token":"abc"}', 'basic'), null);
    assert.equal(readCredential('nothing', 'basic'), null);
  });
});
