/** Connections are created by the API: as drafts, with their credential sealed, and with each fault named. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findConnection, housekeepingScope, openStore } from '@sallyport/store';
import { WebApiWorld, type Fields, contacts, secretToken, wish, problem } from './web-api-world.ts';

let world: WebApiWorld;
before(async () => {
  world = await WebApiWorld.start();
});
after(() => world?.stop());

describe('creating a connection', () => {
  it('keeps a draft under first terms, bound to the default client certificate, and dials nothing', async () => {
    const before = world.connector.calls.length;
    const connection = await world.made();
    assert.equal(connection.state, 'draft');
    assert.equal((connection.terms as Fields).version, 1);
    assert.equal((connection.clientCertificate as Fields).name, '*.operator.example');
    assert.deepEqual(connection.actions, ['check', 'retire']);
    assert.equal(world.connector.calls.length, before);
    const { body } = await world.api('GET', '/audit?limit=5');
    const events = (body as { items: Fields[] }).items;
    assert.ok(
      events.some(
        ({ action, subject }) => action === 'connection.created' && subject === `connection:${connection.id}`,
      ),
    );
  });

  it('seals the credential so that the connector can open it and no answer holds it', async () => {
    const { id } = await world.made();
    const stored = await findConnection(world.connector.store, housekeepingScope('test'), id);
    assert.ok(stored !== null);
    assert.deepEqual(JSON.parse(await world.connector.open(stored.credentialSecretId)), {
      kind: 'pat',
      token: secretToken,
    });
    for (const path of ['', '/terms', '/terms?format=html', '/handshakes', '/progress']) {
      const answer = await world.api('GET', `/connections/${id}${path}`);
      assert.equal(answer.status, 200, answer.text);
      assert.ok(!answer.text.includes(secretToken), path);
    }
    assert.ok(!world.web.log().includes(secretToken));
  });

  it('cannot be read or swapped by the role of the web tier', async () => {
    const store = openStore({ url: world.database.web, applicationName: 'test' });
    try {
      await assert.rejects(store.pool.query('select sealed from sallyport.sealed_secret'), /permission denied/);
      await assert.rejects(
        store.pool.query("update sallyport.sealed_secret set sealed = '\\x00'"),
        /permission denied/,
      );
    } finally {
      await store.close();
    }
  });

  for (const [sentence, over, path, code] of [
    [
      'a URL with a password in it',
      { baseUrl: 'https://user:pass@jira.example.org/' },
      'baseUrl',
      'TERMS_URL_CREDENTIALS',
    ],
    ['a URL that is not https', { baseUrl: 'http://jira.example.org/' }, 'baseUrl', 'TERMS_URL_NOT_HTTPS'],
    ['a URL that is none', { baseUrl: 'jira' }, 'baseUrl', 'TERMS_URL_MALFORMED'],
    ['a loopback address', { baseUrl: 'https://127.0.0.1/jira' }, 'baseUrl', 'address-forbidden'],
    ['a loopback address written as a number', { baseUrl: 'https://2130706433/jira' }, 'baseUrl', 'address-forbidden'],
    ['an IPv4-mapped loopback address', { baseUrl: 'https://[::ffff:127.0.0.1]/' }, 'baseUrl', 'address-forbidden'],
    ['the name localhost', { baseUrl: 'https://localhost:9000/' }, 'baseUrl', 'address-forbidden'],
    [
      'the metadata service, even where private addresses are allowed',
      { baseUrl: 'https://169.254.169.254/', allowPrivate: true },
      'baseUrl',
      'address-forbidden',
    ],
    ['no project', { projectKeys: [] }, 'projectKeys', 'TERMS_PROJECT_KEY'],
    ['a project key that is none', { projectKeys: ['ABC', 'no key'] }, 'projectKeys.1', 'TERMS_PROJECT_KEY'],
    [
      'going without a client certificate and without a reason',
      { clientCertificate: { required: false, reason: '' } },
      'clientCertificate.reason',
      'too_small',
    ],
    [
      'anchors that are no PEM',
      { anchors: { kind: 'pem', pem: '-----BEGIN CERTIFICATE-----\nnot base64 !!!\n-----END CERTIFICATE-----' } },
      'anchors.pem',
      'X509_PEM_MALFORMED',
    ],
    [
      'a truncated PEM',
      { anchors: { kind: 'pem', pem: '-----BEGIN CERTIFICATE-----\nMIIB' } },
      'anchors.pem',
      'X509_PEM_MALFORMED',
    ],
    [
      'a private key among the anchors',
      {
        anchors: {
          kind: 'pem',
          pem: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----',
        },
      },
      'anchors.pem',
      'TERMS_ANCHORS',
    ],
    ['an egress group that is unknown', { egressGroup: 'mars' }, 'egressGroup', 'egress-group-unknown'],
    ['a member that nobody knows', { surprise: true }, '', 'unrecognized_keys'],
    [
      'a contact without address',
      { contacts: { ...contacts, owner: { name: 'Olga', email: 'nowhere' } } },
      'contacts.owner',
      'TERMS_CONTACT',
    ],
  ] as const) {
    it(`refuses ${sentence}, by field and code`, async () => {
      const answer = await world.api('POST', '/connections', wish(over));
      assert.equal(answer.status, 422, answer.text);
      const { fields } = problem(answer);
      assert.ok(
        fields.some((fault) => fault.path === path && fault.code === code),
        answer.text,
      );
      assert.ok(!answer.text.includes('pass@'), 'a password in a URL is not repeated');
    });
  }

  it('refuses a huge PEM and a huge body with clear errors', async () => {
    const huge = await world.api('POST', '/connections', wish({ anchors: { kind: 'pem', pem: 'A'.repeat(150_000) } }));
    assert.equal(huge.status, 422, huge.text);
    assert.equal(problem(huge).fields[0]?.path, 'anchors.pem');
    const larger = await world.api(
      'POST',
      '/connections',
      wish({ anchors: { kind: 'pem', pem: 'A'.repeat(300_000) } }),
    );
    assert.equal(larger.status, 413, larger.text);
    assert.equal(problem(larger).code, 'request-too-large');
  });

  it('refuses what is no JSON, and what is another media type', async () => {
    const broken = await world.web.ask('POST', '/api/v1/connections', { body: '{"customer":' });
    assert.deepEqual([broken.status, problem(broken).code], [400, 'request-malformed']);
    const polluted = await world.web.ask('POST', '/api/v1/connections', { body: '{"__proto__":{"x":1}}' });
    assert.deepEqual([polluted.status, problem(polluted).code], [400, 'request-malformed']);
    const form = await world.web.ask('POST', '/api/v1/connections', {
      body: 'a=b',
      headers: { 'content-type': 'text/plain' },
    });
    assert.deepEqual([form.status, problem(form).code], [415, 'media-type-unsupported']);
  });

  it('gives a Jira host to one customer until an operator confirms a second', async () => {
    const first = await world.made();
    const second = wish({ baseUrl: `${String(first.baseUrl)}/other` });
    const refused = await world.api('POST', '/connections', second);
    assert.deepEqual([refused.status, problem(refused).code], [409, 'host-belongs-to-another-customer']);
    const { name } = second.customer as { name: string };
    assert.ok(
      !(await world.api('GET', '/customers')).text.includes(`"${name}"`),
      'a refusal leaves no customer behind',
    );
    const confirmed = await world.api('POST', '/connections', { ...second, confirmSharedHost: true });
    assert.equal(confirmed.status, 201, confirmed.text);
    const { body } = await world.api('GET', '/audit?limit=5');
    assert.ok((body as { items: Fields[] }).items.some(({ action }) => action === 'host.shared'));
  });

  it('goes without a client certificate only with a reason, and shows it', async () => {
    const reason = 'Their enforcer is rebuilt until Friday.';
    const connection = await world.made({ clientCertificate: { required: false, reason } });
    assert.equal(connection.clientCertificate, null);
    assert.equal(connection.withoutReason, reason);
  });

  it('prints the terms as a page that needs nothing but itself, and as JSON under the same hash', async () => {
    const { id, terms } = await world.made();
    const page = await world.api('GET', `/connections/${id}/terms?format=html`);
    assert.match(page.headers['content-type'] ?? '', /^text\/html/);
    const nonce = /style-src 'nonce-([^']+)'/.exec(String(page.headers['content-security-policy']))?.[1];
    assert.ok(nonce !== undefined && page.text.includes(nonce), 'its style is allowed by a nonce');
    const json = await world.api('GET', `/connections/${id}/terms`);
    const { sha256 } = json.body as { sha256: string };
    assert.equal(sha256, (terms as Fields).sha256);
    assert.ok(page.text.includes(sha256));
  });
});
