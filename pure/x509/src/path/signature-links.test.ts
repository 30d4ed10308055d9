/** What is known of a signature: asked once for each pair, remembered for issuers, with keys that are imported once where they come again. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rsaKey, rsaSha1, rsaSha256 } from '../../vectors/certificate-author.ts';
import { writeChain } from '../../vectors/chain-author.ts';
import type { ChainChanges } from '../../vectors/chain-author.ts';
import { readCertificate, SignatureMemory, validationPolicy, verifySignature } from '../index.ts';
import type { Certificate, SignatureVerifier } from '../index.ts';
import { worthImporting } from '../signature/verify-signature.ts';
import { SignatureLinks } from './signature-links.ts';
import { BudgetExhausted, WorkBudget } from './work-budget.ts';

interface Family {
  readonly root: Certificate;
  readonly intermediate: Certificate;
  readonly endEntity: Certificate;
}

function family(changes?: ChainChanges): Family {
  const { root, intermediate, endEntity } = writeChain(changes);
  return {
    root: readCertificate(root),
    intermediate: readCertificate(intermediate),
    endEntity: readCertificate(endEntity),
  };
}

function links(verify: SignatureVerifier = verifySignature, memory: SignatureMemory | null = null): SignatureLinks {
  const policy = validationPolicy('webpki');
  return new SignatureLinks(policy, new WorkBudget(policy.budget), verify, memory);
}

/** Answers by itself, and notes how often it was asked. */
function answering(answer: ReturnType<SignatureVerifier>): {
  readonly verify: SignatureVerifier;
  readonly calls: () => number;
} {
  let calls = 0;
  return {
    verify: () => {
      calls++;
      return answer;
    },
    calls: () => calls,
  };
}

describe('a pair of certificate and key', () => {
  it('is checked once, each of several', () => {
    const { root, intermediate, endEntity } = family();
    let calls = 0;
    const asked = links((...given) => {
      calls++;
      return verifySignature(...given);
    });
    for (let round = 0; round < 2; round++) {
      assert.equal(asked.check(endEntity, root.publicKey, true), 'invalid');
      assert.equal(asked.check(endEntity, intermediate.publicKey, true), 'valid');
      assert.equal(asked.check(intermediate, root.publicKey, true), 'valid');
    }
    assert.equal(calls, 3);
  });
  it('is named by what the verifier says of it', () => {
    const { root, intermediate } = family();
    for (const [answer, link] of [
      ['valid', 'valid'],
      ['invalid', 'invalid'],
      ['key-unusable', 'key-refused'],
    ] as const)
      assert.equal(links(answering(answer).verify).check(intermediate, root.publicKey, true), link);
  });
  it('is not asked about where the key is of another kind', () => {
    const { root, intermediate } = family({ intermediate: { algorithm: rsaSha256 } });
    const { verify, calls } = answering('valid');
    assert.equal(links(verify).check(intermediate, root.publicKey, true), 'key-unfit');
    assert.equal(calls(), 0);
  });
  it('is not asked about where algorithm or key are refused, and not remembered', () => {
    const { verify, calls } = answering('valid');
    const memory = new SignatureMemory();
    const weak = family({ intermediate: { algorithm: rsaSha1 } });
    assert.equal(links(verify, memory).check(weak.intermediate, weak.root.publicKey, true), 'X509_SIGNATURE_SHA1');
    const small = family({ root: { key: rsaKey(1024) }, intermediate: { signer: rsaKey(1024), algorithm: rsaSha256 } });
    assert.equal(links(verify, memory).check(small.intermediate, small.root.publicKey, true), 'key-refused');
    assert.deepEqual([calls(), memory.size], [0, 0]);
  });
  it('is checked without looking at the point of the key: its import does', () => {
    const { root, intermediate } = family();
    assert.equal(links(answering('valid').verify).check(intermediate, root.publicKey, true), 'valid');
    assert.equal(root.publicKey.onCurve, null);
  });
  it('is counted before it is checked', () => {
    const { root, intermediate } = family();
    const policy = validationPolicy('webpki', { budget: { signatureUnits: 0 } });
    const { verify, calls } = answering('valid');
    const asked = new SignatureLinks(policy, new WorkBudget(policy.budget), verify, null);
    assert.throws(() => asked.check(intermediate, root.publicKey, true), BudgetExhausted);
    assert.equal(calls(), 0);
  });
});

describe('the memory', () => {
  it('holds what was valid, of those that may be remembered', () => {
    const { root, intermediate } = family();
    for (const [answer, remember, size] of [
      ['valid', true, 1],
      ['valid', false, 0],
      ['invalid', true, 0],
      ['key-unusable', true, 0],
    ] as const) {
      const memory = new SignatureMemory();
      links(answering(answer).verify, memory).check(intermediate, root.publicKey, remember);
      assert.equal(memory.size, size, `${answer} ${remember}`);
    }
  });
  it('answers in the place of the verifier, of those that may be remembered', () => {
    const { root, intermediate } = family();
    const memory = new SignatureMemory();
    links(verifySignature, memory).check(intermediate, root.publicKey, true);
    const { verify, calls } = answering('invalid');
    assert.equal(links(verify, memory).check(intermediate, root.publicKey, true), 'valid');
    assert.equal(calls(), 0);
    assert.equal(links(verify, memory).check(intermediate, root.publicKey, false), 'invalid');
    assert.equal(calls(), 1);
  });
  it('knows nothing of another certificate', () => {
    const { root, intermediate, endEntity } = family();
    const memory = new SignatureMemory();
    links(verifySignature, memory).check(intermediate, root.publicKey, true);
    assert.equal(links(answering('invalid').verify, memory).check(endEntity, root.publicKey, true), 'invalid');
  });
});

describe('the key of an issuer', () => {
  it('is not imported for one signature where nothing is remembered', () => {
    const { root, intermediate } = family();
    assert.equal(links().check(intermediate, root.publicKey, true), 'valid');
    assert.equal(root.publicKey.handle, worthImporting);
  });
  it('is imported at once where it will come again', () => {
    const { root, intermediate } = family();
    assert.equal(links(verifySignature, new SignatureMemory()).check(intermediate, root.publicKey, false), 'valid');
    assert.equal(typeof root.publicKey.handle, 'object');
    assert.notEqual(root.publicKey.handle, null);
  });
  it('stays as it is under a verifier of its own', () => {
    const { root, intermediate } = family();
    links(answering('valid').verify, new SignatureMemory()).check(intermediate, root.publicKey, true);
    assert.equal(root.publicKey.handle, null);
    const own = {};
    root.publicKey.handle = own;
    links(answering('valid').verify, new SignatureMemory()).check(intermediate, root.publicKey, true);
    assert.equal(root.publicKey.handle, own);
  });
  it('that was imported stays, whatever is remembered', () => {
    const { root, intermediate } = family();
    links(verifySignature, new SignatureMemory()).check(intermediate, root.publicKey, true);
    const { handle } = root.publicKey;
    links(verifySignature, new SignatureMemory()).check(intermediate, root.publicKey, true);
    assert.equal(root.publicKey.handle, handle);
  });
  it('is given back by the memory where its certificate was remembered', () => {
    const first = family();
    const memory = new SignatureMemory();
    const asked = links(verifySignature, memory);
    asked.check(first.endEntity, first.intermediate.publicKey, false);
    asked.check(first.intermediate, first.root.publicKey, true);
    const { handle } = first.intermediate.publicKey;
    assert.equal(typeof handle, 'object');
    const second = family();
    assert.equal(second.intermediate.publicKey.handle, null);
    links(verifySignature, memory).check(second.endEntity, second.intermediate.publicKey, false);
    assert.equal(second.intermediate.publicKey.handle, handle);
  });
});
