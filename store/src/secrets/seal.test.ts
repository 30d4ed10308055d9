import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeSealKeyPair, openSealed, SealedSecretError } from '../open-sealed.ts';
import { greatestSecretBytes, seal, SecretTooLargeError, type SecretBinding } from './seal.ts';

const binding: SecretBinding = { recordId: 'r1', customerId: 'c1', purpose: 'jira-credential' };

describe('a sealed secret', () => {
  it('opens with the private key, in its own place', async () => {
    const key = await makeSealKeyPair();
    const sealed = await seal(key.publicKey, 'pässword', binding);
    assert.equal(await openSealed(key, sealed, binding), 'pässword');
  });

  for (const [place, other] of [
    ['record', { ...binding, recordId: 'r2' }],
    ['customer', { ...binding, customerId: 'c2' }],
    ['purpose', { ...binding, purpose: 'client-key' }],
  ] as const) {
    it(`does not open when it was moved to another ${place}`, async () => {
      const key = await makeSealKeyPair();
      const sealed = await seal(key.publicKey, 'secret', binding);
      await assert.rejects(openSealed(key, sealed, other), SealedSecretError);
    });
  }

  it('does not open with another key, nor when one bit was changed or the end is missing', async () => {
    const key = await makeSealKeyPair();
    const sealed = await seal(key.publicKey, 'secret', binding);
    await assert.rejects(openSealed(await makeSealKeyPair(), sealed, binding), SealedSecretError);
    for (const position of [0, 31, 32, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[position] = (changed[position] ?? 0) ^ 1;
      await assert.rejects(openSealed(key, changed, binding), SealedSecretError);
    }
    for (const length of [0, 31, 32, sealed.length - 1])
      await assert.rejects(openSealed(key, sealed.subarray(0, length), binding), SealedSecretError);
  });

  it('never looks the same twice', async () => {
    const key = await makeSealKeyPair();
    const [one, two] = [await seal(key.publicKey, 'secret', binding), await seal(key.publicKey, 'secret', binding)];
    assert.notDeepEqual(one, two);
  });

  it('is refused when it is larger than any key or credential', async () => {
    const key = await makeSealKeyPair();
    await assert.rejects(seal(key.publicKey, 'x'.repeat(greatestSecretBytes + 1), binding), SecretTooLargeError);
  });
});
