import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { enforcerFaults, enforcerKit, factsOfTerms, withRoot, type EnforcerFacts } from '@sallyport/enforcer-kit';
import { nextName, startEnforcerWorld, type EnforcerWorld } from './enforcer-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-kit-'));
let world: EnforcerWorld;
before(async () => {
  world = await startEnforcerWorld();
});
after(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

const factsOf = (authoritiesPem: string | null): EnforcerFacts =>
  factsOfTerms({
    title: 'facts',
    terms: { baseUrl: 'https://jira.example/jira', tlsPolicy: 'tls12-six', restPaths: ['/rest/api/2/search'] },
    currentPem: world.clients.current.chainPem,
    nextPem: world.clients.next.chainPem,
    authoritiesPem,
    egressAddresses: [],
    privateAuthority: false,
  });

describe('facts of real certificates', () => {
  it('have names, the CA with its root last, and one CRL of each CA with who signs it', () => {
    const facts = factsOf(world.rootPem);
    assert.deepEqual(enforcerFaults(facts), []);
    assert.deepEqual(
      facts.names.map(({ role, dnsName, inSubject }) => [role, dnsName, inSubject]),
      [
        ['current', 'align.customer.example', true],
        ['next', nextName, false],
      ],
    );
    assert.deepEqual([facts.authorities.length, facts.authorities[1], facts.hasRoot], [2, world.rootPem, true]);
    assert.deepEqual(
      facts.revocationSources.map(({ url, issuer }) => [new URL(url).pathname, issuer]),
      [
        ['/issuing.crl', 1],
        ['/root.crl', 2],
      ],
    );
  });

  it('lack the root until one of that name and key is at hand', () => {
    const facts = factsOf(null);
    assert.deepEqual([facts.authorities.length, facts.hasRoot], [1, false]);
    assert.equal(facts.revocationSources[1]?.issuer, 2, 'its CRL is of the certificate behind the last');
    const answer = enforcerKit('nginx', facts);
    assert.ok(answer.ok);
    assert.match(answer.kit.warnings.join('\n'), /root of the client CA is not in this kit/);
    assert.deepEqual(
      withRoot(facts, [world.server.certificatePem, 'no PEM', world.clients.stranger.certificatePem]),
      facts,
    );
    assert.deepEqual(withRoot(facts, ['no PEM', world.rootPem]), factsOf(world.rootPem));
  });

  it(
    'print a subject as OpenSSL does, whatever stands in it',
    { skip: !existsSync('/usr/bin/openssl') && 'openssl is not installed' },
    () => {
      for (const kind of ['current', 'next'] as const) {
        const file = join(folder, `${kind}.pem`);
        writeFileSync(file, world.clients[kind].certificatePem);
        const words = ['x509', '-in', file, '-noout', '-subject', '-nameopt', 'RFC2253'];
        const printed = execFileSync('openssl', words, { encoding: 'utf8' })
          .trim()
          .replace(/^subject=/, '');
        assert.equal(factsOf(null).names.find(({ role }) => role === kind)?.subject, printed);
      }
    },
  );
});
