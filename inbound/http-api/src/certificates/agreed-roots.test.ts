import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { issueCertificate } from '../../../../sandbox/src/demo-pki/certificate.ts';
import { ApiProblem } from '../api-problem.ts';
import { agreedRoots } from './agreed-roots.ts';

const keyPem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const life = { notBefore: Date.parse('2026-01-01'), notAfter: Date.parse('2036-01-01') };
const root = issueCertificate({ commonName: 'Root', ...life, purpose: { kind: 'root' } }, keyPem, null).certificatePem;
const secretLine = keyPem.split('\n')[2] ?? '';

function faultOf(text: string): { readonly path: string; readonly code: string; readonly message: string } | null {
  try {
    agreedRoots(text);
    return null;
  } catch (error) {
    assert.ok(error instanceof ApiProblem && error.code === 'request-invalid');
    return error.parts.fields?.[0] ?? null;
  }
}

describe('roots that are agreed on', () => {
  it('are kept as certificates, without what stands around them', () => {
    const kept = agreedRoots(`subject=Root\n${root}\nsome words\n${root}`);
    assert.equal(kept?.match(/BEGIN CERTIFICATE/g)?.length, 2);
    assert.ok(!kept?.includes('words') && !kept?.includes('subject'));
    assert.equal(agreedRoots(undefined), null);
    assert.equal(agreedRoots(' \n'), null);
  });

  it('with a private key among them are refused, and the refusal does not show it', () => {
    for (const text of [root + keyPem, keyPem + root, keyPem]) {
      const fault = faultOf(text);
      assert.deepEqual([fault?.path, fault?.code], ['anchorsPem', 'roots-unreadable']);
      assert.match(fault?.message ?? '', /'PRIVATE KEY' is no certificate.*replace it/);
      assert.ok(!fault?.message.includes(secretLine));
    }
  });

  it('that cannot be read are refused, a half key among them', () => {
    for (const text of ['no roots', keyPem.slice(0, 120), `${root}${keyPem.slice(0, 120)}`, root.slice(0, 200)]) {
      const fault = faultOf(text);
      // What stands outside whole blocks is not kept; where there is none, that is said.
      if (fault === null) assert.ok(!agreedRoots(text)?.includes(secretLine.slice(0, 40)));
      else assert.equal(fault.code, 'roots-unreadable');
    }
    assert.notEqual(faultOf('no roots'), null);
    assert.notEqual(faultOf(root.slice(0, 200)), null);
  });

  it('are few', () => assert.equal(faultOf(root.repeat(21))?.code, 'roots-too-many'));
});
