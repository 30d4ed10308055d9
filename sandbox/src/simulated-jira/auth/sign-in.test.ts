import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serviceAccount } from '../issues/site.ts';
import { BasicSignIn } from './basic.ts';
import { signInByToken } from './personal-access-token.ts';
import { Sessions } from './session.ts';

const basic = (name: string, password: string): string =>
  `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

describe('signing in to the simulated Jira', () => {
  it('by token: the right one is the account, a wrong one is 401, none is not offered', () => {
    assert.equal(signInByToken('Bearer secret', 'secret', serviceAccount).kind, 'user');
    const refused = signInByToken('Bearer wrong', 'secret', serviceAccount);
    assert.equal(refused.kind === 'refused' ? refused.status : null, 401);
    assert.equal(signInByToken(undefined, 'secret', serviceAccount).kind, 'not-offered');
    assert.equal(signInByToken(basic('a', 'b'), 'secret', serviceAccount).kind, 'not-offered');
  });

  it('by password: after three wrong ones even the right one is denied with the CAPTCHA headers, until unlocked', () => {
    const way = new BasicSignIn(serviceAccount, 'right', '/jira/login.jsp');
    const { name } = serviceAccount;
    assert.equal(way.signIn(basic(name, 'right')).kind, 'user');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const refused = way.signIn(basic(name, 'wrong'));
      assert.ok(refused.kind === 'refused');
      assert.equal(refused.status, 401);
      assert.equal(refused.headers['x-seraph-loginreason'], 'AUTHENTICATED_FAILED');
      assert.ok(refused.isHtml);
    }
    const denied = way.signIn(basic(name, 'right'));
    assert.ok(denied.kind === 'refused');
    assert.equal(denied.status, 403);
    assert.equal(denied.headers['x-seraph-loginreason'], 'AUTHENTICATION_DENIED');
    assert.equal(denied.headers['x-authentication-denied-reason'], 'CAPTCHA_CHALLENGE; login-url=/jira/login.jsp');
    way.unlock();
    assert.equal(way.signIn(basic(name, 'right')).kind, 'user');
  });

  it('by password: a success forgets earlier failures, and other names do not lock the account', () => {
    const way = new BasicSignIn(serviceAccount, 'right', '/jira/login.jsp');
    const { name } = serviceAccount;
    for (let attempt = 0; attempt < 5; attempt += 1) {
      way.signIn(basic(name, 'wrong'));
      way.signIn(basic('somebody', 'wrong'));
      assert.equal(way.signIn(basic(name, 'right')).kind, 'user');
    }
  });

  it('by session: the cookie of an earlier answer is enough, an unknown one is not', () => {
    const sessions = new Sessions();
    const [cookie = ''] = sessions.cookies(undefined, serviceAccount, '/jira');
    const sent = cookie.split(';')[0];
    assert.equal(sessions.signIn(sent).kind, 'user');
    assert.deepEqual(sessions.cookies(sent, serviceAccount, '/jira'), [], 'a known session gets no new cookie');
    assert.equal(sessions.signIn('JSESSIONID=0123ABCD').kind, 'not-offered');
    assert.match(cookie, /Path=\/jira; Secure; HttpOnly/);
  });
});
