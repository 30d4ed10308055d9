import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyIntake, intakeFaults, requestBody, uploadBody } from './intake-draft.ts';

describe('a certificate to come, as a person fills it in', () => {
  it('names what is missing for each way in', () => {
    assert.deepEqual(Object.keys(intakeFaults(emptyIntake)), ['commonName']);
    assert.deepEqual(Object.keys(intakeFaults({ ...emptyIntake, way: 'upload', kind: 'customer-custom' })), [
      'customerId',
      'files',
    ]);
  });
  it('asks with names taken apart and nothing that was left empty', () => {
    assert.deepEqual(requestBody({ ...emptyIntake, commonName: ' a.example ', dnsNames: 'a.example, b.example' }), {
      kind: 'operator-named',
      policy: 'public-third-party',
      makeDefault: false,
      keyType: 'p256',
      commonName: 'a.example',
      dnsNames: ['a.example', 'b.example'],
    });
  });
  it('keeps a password as it was typed, and makes no customer’s certificate the default', () => {
    const files = [{ name: 'a.p12', base64: 'AA==' }];
    const draft = { ...emptyIntake, kind: 'customer-custom', customerId: 'c', makeDefault: true, files } as const;
    const body = uploadBody({ ...draft, password: ' x ' });
    assert.deepEqual([body.password, body.makeDefault, body.customerId], [' x ', false, 'c']);
  });
});
