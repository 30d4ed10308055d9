import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openStore } from '@sallyport/store';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { startWeb, type AskOptions, type RunningWeb, type WebAnswer } from './running-web.ts';

const email = 'ada@operator.example';
const password = 'six plain words are enough';

let database: EmbeddedDatabase;
let web: RunningWeb;
before(async () => {
  database = await startDatabase();
  web = await startWeb(database);
});
after(async () => {
  await web?.stop();
  await database?.stop();
});

const ask = (method: string, path: string, options: AskOptions = {}): Promise<WebAnswer> =>
  web.ask(method, `/api/v1${path}`, { token: null, ...options });
const codeOf = (answer: WebAnswer): string => (answer.body as { code: string }).code;
const cookieOf = (answer: WebAnswer): string => String(answer.headers['set-cookie']?.[0]?.split(';')[0]);

const linkToken = (): string => String(web.signInUrl?.split('#')[1]);
const signIn = (over: object = {}, headers: Record<string, string> = {}): Promise<WebAnswer> =>
  ask('POST', '/sign-in', { body: { email, password, ...over }, headers });

describe('the first operator', () => {
  it('is created by the one-time link that the first start prints, and by nothing else', async () => {
    assert.match(web.signInUrl ?? '', /^https:\/\/localhost:\d+\/first-operator#[\w-]{43}$/);
    const person = { name: 'Ada', email, password };
    const wrong = await ask('POST', '/first-operator', { body: { ...person, token: 'x'.repeat(43) } });
    assert.deepEqual([wrong.status, codeOf(wrong)], [403, 'link-refused']);
    const short = await ask('POST', '/first-operator', { body: { ...person, token: linkToken(), password: 'short' } });
    assert.equal(short.status, 422, 'a short password does not use the link up');
    const created = await ask('POST', '/first-operator', { body: { ...person, token: linkToken() } });
    assert.equal(created.status, 201, created.text);
    const session = await ask('GET', '/session', { headers: { cookie: cookieOf(created) } });
    assert.equal((session.body as { person: { email: string } }).person.email, email);
    const again = await ask('POST', '/first-operator', {
      body: { ...person, email: 'b@b.example', token: linkToken() },
    });
    assert.deepEqual([again.status, codeOf(again)], [403, 'link-refused']);
  });

  it('is not asked for at the next start', async () => {
    const second = await startWeb(database);
    try {
      assert.equal(second.signInUrl, null);
      const refused = await second.ask('GET', '/api/v1/session');
      assert.equal(refused.status, 401, 'a bootstrap token counts at first start only');
    } finally {
      await second.stop();
    }
  });
});

describe('a further person', () => {
  const csrfHeaders = async (): Promise<Record<string, string>> => {
    const signedIn = await signIn();
    const { csrfToken } = signedIn.body as { csrfToken: string };
    return { cookie: cookieOf(signedIn), 'x-csrf-token': csrfToken };
  };

  it('comes by an invitation, which works once and for a new e-mail address only', async () => {
    const invited = await ask('POST', '/people/invitations', { headers: await csrfHeaders() });
    assert.equal(invited.status, 201, invited.text);
    const token = (invited.body as { path: string }).path.split('#')[1] ?? '';
    const second = { name: 'Grace', email: 'grace@operator.example', password: 'another few plain words', token };
    const taken = await ask('POST', '/first-operator', { body: { ...second, email: email.toUpperCase() } });
    assert.deepEqual([taken.status, codeOf(taken)], [403, 'link-refused']);
    const created = await ask('POST', '/first-operator', { body: second });
    assert.equal(created.status, 201, created.text);
    const again = await ask('POST', '/first-operator', { body: { ...second, email: 'eve@operator.example' } });
    assert.deepEqual([again.status, codeOf(again)], [403, 'link-refused']);
    const people = await ask('GET', '/people', { headers: { cookie: cookieOf(created) } });
    assert.deepEqual(
      (people.body as { items: { email: string }[] }).items.map((person) => person.email),
      [email, 'grace@operator.example'],
    );
  });

  it('is invited by somebody who is signed in, never by a script', async () => {
    assert.equal((await ask('POST', '/people/invitations')).status, 401);
    const made = await ask('POST', '/tokens', { body: { name: 'a script' }, headers: await csrfHeaders() });
    const { token } = made.body as { token: string };
    const refused = await ask('POST', '/people/invitations', { token });
    assert.notEqual(refused.status, 201, 'what takes two people is not had by one with a token');
  });
});

describe('a session', () => {
  it('lives in a cookie that scripts cannot read and other sites cannot send; only its hash is stored', async () => {
    const signedIn = await signIn();
    assert.equal(signedIn.status, 200, signedIn.text);
    const cookie = String(signedIn.headers['set-cookie']?.[0]);
    assert.match(cookie, /^__Host-sallyport=/);
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
      assert.ok(cookie.includes(attribute), attribute);
    assert.ok(!cookie.includes('Domain'));
    const secret = cookieOf(signedIn).split('=')[1] ?? '';
    const owner = openStore({ url: database.owner, applicationName: 'test' });
    try {
      const { rows } = await owner.pool.query<{ text: string }>(
        `select row_to_json(s)::text as text from sallyport.session s
         union all select row_to_json(p)::text from sallyport.person p
         union all select row_to_json(t)::text from sallyport.api_token t
         union all select row_to_json(l)::text from sallyport.sign_in_link l`,
      );
      const stored = rows.map(({ text }) => text).join('\n');
      for (const never of [secret, password, web.token, linkToken()]) assert.ok(!stored.includes(never));
      assert.match(stored, /\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    } finally {
      await owner.close();
    }
    for (const never of [secret, password, web.token]) assert.ok(!web.log().includes(never));
  });

  it('changes something only with its CSRF token', async () => {
    const signedIn = await signIn();
    const { csrfToken } = signedIn.body as { csrfToken: string };
    const cookie = cookieOf(signedIn);
    const without = await ask('POST', '/tokens', { body: { name: 'x' }, headers: { cookie } });
    assert.deepEqual([without.status, codeOf(without)], [403, 'csrf-token-missing']);
    const wrong = await ask('POST', '/tokens', { body: { name: 'x' }, headers: { cookie, 'x-csrf-token': 'guess' } });
    assert.equal(wrong.status, 403);
    const right = await ask('POST', '/tokens', { body: { name: 'x' }, headers: { cookie, 'x-csrf-token': csrfToken } });
    assert.equal(right.status, 201, right.text);
  });

  it('ends at once when its person signs out', async () => {
    const signedIn = await signIn();
    const { csrfToken } = signedIn.body as { csrfToken: string };
    const headers = { cookie: cookieOf(signedIn), 'x-csrf-token': csrfToken };
    assert.equal((await ask('GET', '/session', { headers })).status, 200);
    const out = await ask('POST', '/sign-out', { headers });
    assert.equal(out.status, 204, out.text);
    assert.equal((await ask('GET', '/session', { headers })).status, 401);
  });

  it('survives a restart of the web tier', async () => {
    const signedIn = await signIn();
    await web.stop();
    web = await startWeb(database, { SALLYPORT_BOOTSTRAP_TOKEN: web.token });
    assert.equal((await ask('GET', '/session', { headers: { cookie: cookieOf(signedIn) } })).status, 200);
  });

  it('is not begun by a page of another site', async () => {
    const answer = await signIn({}, { 'sec-fetch-site': 'cross-site' });
    assert.deepEqual([answer.status, codeOf(answer)], [403, 'csrf-token-missing']);
  });
});

describe('tokens', () => {
  it('are shown once, work as Bearer, belong to their person, and stop when they are revoked', async () => {
    const signedIn = await signIn();
    const { csrfToken } = signedIn.body as { csrfToken: string };
    const headers = { cookie: cookieOf(signedIn), 'x-csrf-token': csrfToken };
    const created = await ask('POST', '/tokens', { body: { name: 'nightly export' }, headers });
    const { id, token } = created.body as { id: string; token: string };
    assert.match(token, /^sallyport_[\w-]{43}$/);
    assert.equal((await ask('GET', '/connections', { token })).status, 200);
    const list = await ask('GET', '/tokens', { headers });
    assert.ok(!list.text.includes(token), 'it is not shown again');
    const others = await ask('DELETE', `/tokens/${id}`, { token: web.token });
    assert.equal(others.status, 404, 'automation cannot revoke a person’s token');
    assert.equal((await ask('DELETE', `/tokens/${id}`, { headers })).status, 204);
    const revoked = await ask('GET', '/connections', { token });
    assert.deepEqual([revoked.status, codeOf(revoked)], [401, 'not-signed-in']);
  });

  it('that are wrong are not saved by a cookie that is right', async () => {
    const signedIn = await signIn();
    const answer = await ask('GET', '/session', { token: 'wrong', headers: { cookie: cookieOf(signedIn) } });
    assert.equal(answer.status, 401);
  });

  it('of automation must be long enough to be secrets', async () => {
    await assert.rejects(startWeb(database, { SALLYPORT_BOOTSTRAP_TOKEN: 'short' }), { code: 'configuration' });
  });
});

describe('sign-in', () => {
  it('refuses a wrong password and an unknown address in the same words', async () => {
    const wrong = await signIn({ password: 'not the password' });
    const unknown = await signIn({ email: 'nobody@operator.example' });
    assert.deepEqual([wrong.status, unknown.status], [401, 401]);
    assert.deepEqual(wrong.body, unknown.body);
  });

  it('pauses after ten attempts, also when they come at once and after a restart, for that person only', async () => {
    const victim = 'victim@operator.example';
    const attempts = await Promise.all(Array.from({ length: 10 }, () => signIn({ email: victim, password: 'guess' })));
    assert.ok(attempts.every(({ status }) => status === 401));
    await web.stop();
    web = await startWeb(database, { SALLYPORT_BOOTSTRAP_TOKEN: web.token });
    const paused = await signIn({ email: victim.toUpperCase(), password: 'guess' });
    assert.deepEqual([paused.status, codeOf(paused)], [429, 'sign-in-throttled']);
    assert.ok(Number(paused.headers['retry-after']) > 0);
    assert.equal((await signIn()).status, 200);
  });
});
