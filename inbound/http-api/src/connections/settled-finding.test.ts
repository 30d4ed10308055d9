import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settledFinding, type ConnectionFacts } from './settled-finding.ts';

const now = Date.parse('2026-11-26T12:00:00Z');
const refused = { code: 'client-certificate-refused', message: 'The far side refused it.', actor: 'customer' } as const;
const expired = { code: 'X509_EXPIRED', message: 'Their certificate has expired.', actor: 'customer' } as const;
const own = { name: '*.operator.example', notAfter: new Date(now + 86_400_000), isRevoked: false };
const settled = (facts: Partial<ConnectionFacts>) =>
  settledFinding({ state: 'failing', kept: null, dialled: null, own, lastSweepAt: null, ...facts }, now);
const dialled = (finding: typeof refused | typeof expired) => ({ finding, at: new Date(now - 60_000) });

describe('what keeps a connection from working', () => {
  it('is what its connector wrote down, before how its last dial ended', () => {
    assert.equal(settled({ kept: refused, dialled: dialled(expired) }), refused);
    assert.equal(settled({ dialled: dialled(expired) }), expired);
    assert.equal(settled({}), null);
  });

  it('is ours to mend where our certificate is refused and known to be revoked or over', () => {
    const revoked = settled({ kept: refused, own: { ...own, isRevoked: true } });
    assert.deepEqual([revoked?.code, revoked?.actor], ['client-certificate-revoked', 'operator']);
    assert.match(revoked?.message ?? '', /'\*\.operator\.example' is revoked.*refused/);
    const jira = { ...refused, code: 'JIRA_CERTIFICATE_REFUSED' };
    const over = settled({ kept: jira, own: { ...own, notAfter: new Date(now - 1) } });
    assert.deepEqual([over?.code, over?.actor], ['client-certificate-expired', 'operator']);
  });

  it('stays the customer’s where ours is in order, and where theirs is what fails', () => {
    assert.equal(settled({ kept: refused })?.actor, 'customer');
    assert.equal(settled({ kept: expired, own: { ...own, isRevoked: true } }), expired);
    assert.equal(settled({ kept: refused, own: null }), refused);
  });

  it('is nothing any more where a refused dial was followed by a whole read', () => {
    const read = { state: 'active', lastSweepAt: new Date(now - 30_000) } as const;
    assert.equal(settled({ ...read, dialled: dialled(refused) }), null);
    const revoked = settled({ ...read, dialled: dialled(refused), own: { ...own, isRevoked: true } });
    assert.equal(revoked?.actor, 'operator', 'it read on a socket from before');
    assert.equal(settled({ ...read, lastSweepAt: new Date(now - 90_000), dialled: dialled(refused) }), refused);
    assert.equal(settled({ ...read, dialled: dialled(expired) }), expired);
    assert.equal(settled({ ...read, state: 'draft', dialled: dialled(refused) }), refused);
  });
});
