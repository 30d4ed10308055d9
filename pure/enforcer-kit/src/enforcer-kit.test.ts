import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  enforcerFaults,
  enforcerKit,
  nameOnly,
  productIds,
  productOf,
  usualPlaces,
  type EnforcerFacts,
} from './index.ts';
import { tls12Four, tls12Six } from '@sallyport/tls-policy';

const authority = `-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n`;
const facts: EnforcerFacts = {
  title: 'Customer, Jira',
  host: 'jira.customer.example',
  contextPath: '/jira',
  policy: tls12Six,
  names: [nameOnly('align.customer.example', 'current'), nameOnly('*.operator.example', 'next')],
  authorities: [authority],
  hasRoot: true,
  privateAuthority: false,
  revocationSources: [{ url: 'http://crl.example/issuing.crl', issuer: 1 }],
  restPaths: ['/rest/api/2/serverInfo', '/rest/api/2/search', '/rest/api/2/issue/*'],
  egressAddresses: ['192.0.2.10', '2001:db8::/48'],
  places: usualPlaces,
};
const kitOf = (id: (typeof productIds)[number], over: Partial<EnforcerFacts> = {}) => {
  const answer = enforcerKit(id, { ...facts, ...over });
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.kit;
};
const textOf = (id: (typeof productIds)[number], over: Partial<EnforcerFacts> = {}): string =>
  kitOf(id, over)
    .files.map(({ text }) => text)
    .join('\n');

/** Each would end a word, a line, a comment or an element somewhere. */
const poison = ['"', "'", '`', '\\', '\n', '\r', '\0', ';', '{', '}', '$', '#', '<', '>', ' ', '|', '&', '(', '\u2028'];

describe('the facts of an enforcer kit', () => {
  it('are refused by member where a value could leave its place in a configuration', () => {
    for (const mark of poison) {
      const evil = `a${mark}b`;
      const cases: readonly [string, Partial<EnforcerFacts>][] = [
        ['host', { host: `${evil}.example` }],
        ['contextPath', { contextPath: `/${evil}` }],
        ['names.0.dnsName', { names: [nameOnly(`${evil}.example`, 'current')] }],
        ['restPaths.0', { restPaths: [`/rest/${evil}`] }],
        ['revocationSources.0.url', { revocationSources: [{ url: `http://crl.example/${evil}`, issuer: 1 }] }],
        ['egressAddresses.0', { egressAddresses: [`192.0.2.1${mark}`] }],
        ['authorities.0', { authorities: [authority.replace('MIIB', `MI${mark}IB`)] }],
        ['places.folder', { places: { ...usualPlaces, folder: `/etc/${evil}` } }],
        ['places.serverKey', { places: { ...usualPlaces, serverKey: `/etc/${evil}` } }],
        ['places.listenAddress', { places: { ...usualPlaces, listenAddress: `127.0.0.1${mark}` } }],
        ['places.jiraHost', { places: { ...usualPlaces, jiraHost: `${evil}.example` } }],
      ];
      for (const [path, over] of cases) {
        const given = { ...facts, ...over };
        if (path === 'authorities.0' && mark === '\n') continue;
        assert.deepEqual(
          enforcerFaults(given).map((fault) => fault.path),
          [path],
          `${JSON.stringify(mark)} in ${path}`,
        );
        assert.equal(enforcerKit('nginx', given).ok, false);
      }
    }
  });

  it('are refused where a path climbs, a source is no http, or nobody is named', () => {
    const paths = (over: Partial<EnforcerFacts>): string[] =>
      enforcerFaults({ ...facts, ...over }).map(({ path }) => path);
    assert.deepEqual(paths({ restPaths: ['/rest/../secure', '/rest/api/*/x', '/secure', '/rest/.hidden'] }), [
      'restPaths.0',
      'restPaths.1',
      'restPaths.2',
      'restPaths.3',
    ]);
    assert.deepEqual(paths({ contextPath: '/..' }), ['contextPath']);
    assert.deepEqual(paths({ revocationSources: [{ url: 'file:///etc/passwd', issuer: 1 }] }), [
      'revocationSources.0.url',
    ]);
    assert.deepEqual(paths({ names: [] }), ['names']);
    assert.deepEqual(paths({ names: [nameOnly('a.*.example', 'current')] }), ['names.0.dnsName']);
    assert.deepEqual(paths({ restPaths: Array.from({ length: 201 }, () => '/rest/a') }), ['restPaths']);
    assert.deepEqual(paths({}), []);
  });
});

describe('the kit of each product', () => {
  it('keeps a hostile title inside one line of comment', () => {
    const title = poison.join('x') + '-->\nEVIL\r\nEVIL\u2028EVIL */ \\';
    for (const id of productIds) {
      const lines = textOf(id, { title }).split(/[\n\r\u2028]/);
      const harmless = lines.filter((line) => line.includes('EVIL'));
      assert.ok(harmless.length > 0, id);
      for (const line of harmless) {
        assert.match(line, id === 'tomcat' ? /^(#| {2})/ : /^[#;S]/, `${id}: ${line}`);
        assert.doesNotMatch(line, /--|[\\$"'`<>{}]|[#;]$/, `${id}: ${line}`);
      }
    }
  });

  it('names both certificates, our addresses and the agreed paths', () => {
    for (const id of productIds) {
      const text = textOf(id);
      for (const name of ['align.customer.example', '*.operator.example', '192.0.2.10', '2001:db8::/48'])
        assert.ok(text.includes(name), `${id}: ${name}`);
      if (productOf(id).abilities.restPaths.can === 'yes') assert.match(text, /serverInfo/, id);
    }
  });

  it('has the refresh job wherever it looks at revocation, and says so where it does not', () => {
    for (const id of productIds) {
      const { files, warnings, testedWith } = kitOf(id);
      const job = files.find(({ path }) => path === '/etc/sallyport/refresh-crl.sh');
      assert.equal(job !== undefined, testedWith !== null, id);
      assert.ok(!warnings.some((warning) => warning.includes('does not look at revocation')), id);
      const without = kitOf(id, { revocationSources: [] });
      assert.ok(
        without.warnings.some((warning) => warning.includes('does not look at revocation')),
        id,
      );
      assert.doesNotMatch(without.files.map(({ text }) => text).join('\n'), /client-crl\.pem/, id);
    }
  });

  it('asks for a private CA where the product cannot match the exact name, until it has one', () => {
    for (const id of productIds) {
      const asks = (privateAuthority: boolean): boolean =>
        kitOf(id, { privateAuthority }).warnings.some((warning) =>
          /certificate of a private CA that issues/.test(warning),
        );
      assert.equal(asks(false), productOf(id).abilities.nameMatch.can !== 'yes', id);
      assert.equal(asks(true), false, id);
    }
  });

  it('says where only the subject is seen that the name is not in it', () => {
    const name = { ...nameOnly('align.customer.example', 'current'), subject: '', inSubject: false };
    for (const id of ['nginx', 'haproxy'] as const)
      assert.match(
        kitOf(id, { names: [name] }).warnings.join('\n'),
        /which cannot be matched here: nobody will come in/,
      );
    assert.doesNotMatch(kitOf('apache', { names: [name] }).warnings.join('\n'), /nobody will come in/);
  });

  it('offers no finite-field suite and brings no group under the policy of four suites', () => {
    for (const id of productIds) {
      const text = textOf(id, { policy: tls12Four });
      assert.doesNotMatch(text, /DHE-RSA-AES256-GCM-SHA384.*:DHE-RSA|[:,]DHE-|TLS_DHE_|DH PARAMETERS/, id);
      assert.match(textOf(id), /DHE-RSA-AES256-GCM-SHA384:DHE-RSA-AES128|TLS_DHE_RSA_WITH_AES_256_GCM_SHA384/, id);
    }
  });

  it('allows POST only to search, and nothing by POST where search is not agreed', () => {
    assert.match(textOf('nginx'), /"~\^POST \/jira\(\/rest\/api\/2\/search\)/);
    const reading = textOf('nginx', { restPaths: ['/rest/api/2/serverInfo'] });
    assert.doesNotMatch(reading, /POST/);
    assert.doesNotMatch(textOf('haproxy', { restPaths: ['/rest/api/2/serverInfo'] }), /sallyport_post/);
  });

  it('says Listen for Apache where ports.conf has none, which is on every port but 443', () => {
    const at = (places: Partial<EnforcerFacts['places']>): string =>
      textOf('apache', { places: { ...usualPlaces, ...places } });
    assert.doesNotMatch(at({}), /^Listen/m);
    assert.match(at({ listenPort: 8443 }), /^Listen 8443$/m);
    assert.match(at({ listenPort: 21002, listenAddress: '127.0.0.1' }), /^Listen 127\.0\.0\.1:21002$/m);
  });
});
