/** Which certificates of a path the rules look at, and when the end entity is the anchor itself. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeChain } from '../../vectors/chain-author.ts';
import { anchorFromCertificate, anchorFromKey, readCertificate, utcInstant, validationPolicy } from '../index.ts';
import type { Certificate, TrustAnchor } from '../index.ts';
import { isPinnedEndEntity, judgedAnchorCertificate, judgedCertificates } from './prospective-path.ts';
import type { ProspectivePath } from './prospective-path.ts';
import { WorkBudget } from './work-budget.ts';

const chain = writeChain();
const read = (part: keyof typeof chain): Certificate => readCertificate(chain[part]);

function path(
  certificates: readonly Certificate[],
  anchor: TrustAnchor | null,
  judgeAnchorCertificate = false,
): ProspectivePath {
  const policy = validationPolicy('webpki', { rules: { judgeAnchorCertificate } });
  return {
    certificates,
    links: certificates.map(() => 'valid'),
    anchor,
    obstacle: anchor === null ? 'no-issuer' : null,
    at: utcInstant('2026-06-15T12:00:00Z'),
    purpose: 'serverAuth',
    name: null,
    policy,
    budget: new WorkBudget(policy.budget),
  };
}

describe('the end entity is the anchor itself', () => {
  it('where it is alone and has the very bytes of its certificate', () => {
    assert.equal(isPinnedEndEntity(path([read('endEntity')], anchorFromCertificate(read('endEntity')))), true);
  });
  it('not where the anchor has another certificate, none, or is missing', () => {
    const { subject, publicKey } = read('endEntity');
    for (const anchor of [anchorFromCertificate(read('root')), anchorFromKey(subject, publicKey), null])
      assert.equal(isPinnedEndEntity(path([read('endEntity')], anchor)), false);
  });
  it('not where there is more than it, or nothing, in the path', () => {
    const anchor = anchorFromCertificate(read('endEntity'));
    assert.equal(isPinnedEndEntity(path([read('endEntity'), read('intermediate')], anchor)), false);
    assert.equal(isPinnedEndEntity(path([], anchor)), false);
  });
});

describe("the anchor's certificate", () => {
  it('is judged where policy says so and there is one, behind the others', () => {
    const [endEntity, root] = [read('endEntity'), read('root')];
    const asked = path([endEntity], anchorFromCertificate(root), true);
    assert.equal(judgedAnchorCertificate(asked), root);
    assert.deepEqual([...judgedCertificates(asked)], [endEntity, root]);
  });
  it('is not judged where policy does not, or where there is none', () => {
    const [endEntity, root] = [read('endEntity'), read('root')];
    for (const asked of [
      path([endEntity], anchorFromCertificate(root)),
      path([endEntity], anchorFromKey(root.subject, root.publicKey), true),
      path([endEntity], null, true),
    ]) {
      assert.equal(judgedAnchorCertificate(asked), null);
      assert.deepEqual([...judgedCertificates(asked)], [endEntity]);
    }
  });
  it('is judged once where it is the last of the path', () => {
    const [endEntity, root] = [read('endEntity'), read('root')];
    for (const certificates of [[root], [endEntity, root]])
      assert.deepEqual([...judgedCertificates(path(certificates, anchorFromCertificate(root), true))], certificates);
  });
});
