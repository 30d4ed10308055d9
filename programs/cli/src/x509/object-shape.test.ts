import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { X509Error, readCertificate, readPem } from '@sallyport/x509';
import { readInput } from './input-objects.ts';
import { shapeOf } from './object-shape.ts';

const bytesOf = (file: string) => readFileSync(new URL(`testdata/${file}`, import.meta.url));
const derOf = (file: string) => readPem(bytesOf(file).toString('latin1'))[0]?.der ?? new Uint8Array();
const faultOf = (read: () => unknown): unknown => {
  try {
    read();
    return null;
  } catch (error) {
    return error instanceof X509Error ? [error.code, error.position] : error;
  }
};

describe('the shape of an object', () => {
  for (const [kind, der] of [
    ['certificate', derOf('leaf.pem')],
    ['certificate', derOf('version-one.pem')],
    ['crl', derOf('good.crl')],
    ['certification-request', derOf('leaf.csr')],
    ['ocsp-response', bytesOf('good.ocsp')],
  ] as const)
    it(`is that of a ${kind}, cut off or not`, () => {
      assert.equal(shapeOf(der), kind);
      assert.equal(shapeOf(der.subarray(0, der.length - 20)), kind);
    });
  it('of a certificate is found in its first hundred bytes', () => {
    assert.equal(shapeOf(derOf('leaf.pem').subarray(0, 100)), 'certificate');
  });
  it('is none where there are no sequences', () => assert.equal(shapeOf(Uint8Array.of(0x30, 0x80, 0, 0)), null));

  it('decides whose fault is told: a broken certificate has the fault that a certificate has', () => {
    const der = derOf('leaf.pem');
    let broken = 0;
    for (let position = 4; position < der.length; position++) {
      const changed = Uint8Array.from(der);
      changed[position] = (changed[position] ?? 0) ^ 0x41;
      const fault = faultOf(() => readCertificate(changed));
      if (fault === null || shapeOf(changed) !== 'certificate') continue;
      broken++;
      assert.deepEqual(
        faultOf(() => readInput(changed, '')),
        fault,
      );
    }
    assert.ok(broken > 50, `${broken} broken`);
  });
});
