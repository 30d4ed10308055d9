/** Whatever a file holds, every verb answers with one document and an exit status, and throws nothing. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readPem } from '@sallyport/x509';
import { runX509 } from './run.ts';

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`testdata/${name}`, import.meta.url)));
const derOf = (name: string): Uint8Array =>
  readPem(Buffer.from(file(name)).toString('latin1'))[0]?.der ?? new Uint8Array();
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Right ones first, of every form; then what may be put in their place. */
const files: Readonly<Record<string, Uint8Array>> = {
  'leaf.pem': file('leaf.pem'),
  'leaf.der': derOf('leaf.pem'),
  'ca.pem': file('ca.pem'),
  'good.crl': file('good.crl'),
  'good.der': derOf('good.crl'),
  'good.ocsp': file('good.ocsp'),
  'bundle.p7': file('bundle.p7'),
  'stream.p7': file('stream.p7'),
  'aes.p12': file('aes.p12'),
  empty: new Uint8Array(),
  zeros: new Uint8Array(1000),
  'cut.der': derOf('leaf.pem').subarray(0, 200),
  'longer.der': Uint8Array.from([...derOf('leaf.pem'), 0]),
  'cut.p12': file('aes.p12').subarray(0, 500),
  'cut.p7': file('stream.p7').subarray(0, 500),
  'cut.crl': derOf('good.crl').subarray(0, 100),
  'cut.pem': file('leaf.pem').subarray(0, 100),
  'key.pem': text('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'),
  'nothing.pem': text('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'),
  'text.txt': text('\x1b[2J\nnot a certificate\n'),
  deep: Uint8Array.from({ length: 4000 }, (_, index) => (index % 2 === 0 ? 0x30 : 0x80)),
};
const questions: Readonly<Record<string, string>> = {
  show: 'show HERE',
  lint: 'lint HERE',
  'validate the leaf': 'validate --leaf HERE --anchors ca.pem --name jira.example.com',
  'validate others': 'validate --leaf leaf.pem --others HERE --anchors ca.pem',
  'validate to anchors': 'validate --leaf leaf.pem --anchors HERE',
  'validate with CRLs': 'validate --leaf leaf.pem --anchors ca.pem --crls HERE',
  'validate with OCSP': 'validate --leaf leaf.pem --anchors ca.pem --ocsp HERE',
  'validate with a staple': 'validate --leaf leaf.pem --anchors ca.pem --staple HERE',
  crl: 'crl --crl HERE --certificate leaf.pem --issuer ca.pem',
  'crl of a certificate': 'crl --crl good.crl --certificate HERE --issuer ca.pem',
  'crl of an issuer': 'crl --crl good.crl --certificate leaf.pem --issuer HERE',
  ocsp: 'ocsp --response HERE --certificate leaf.pem --issuer ca.pem',
  'ocsp with CRLs': 'ocsp --response good.ocsp --certificate leaf.pem --issuer ca.pem --crls HERE',
};

describe('sallyport x509 with any file in any place', () => {
  for (const [name, question] of Object.entries(questions))
    it(`answers ${name} with one document`, async () => {
      for (const [given, bytes] of Object.entries(files))
        for (const place of [given, '-']) {
          let out = '';
          const line = `${question.replace('HERE', place)} --password geheim --json`;
          const status = await runX509(line.split(' '), {
            print: (part) => (out += part),
            complain: () => {},
            read: (path) => (path === '-' ? bytes : (files[path] ?? assert.fail(path))),
            now: () => Date.parse('2026-11-25T12:00:00Z'),
          });
          const document = JSON.parse(out) as { verdict: string; status: string; code: string; errors: unknown[] };
          const about = `${name}, ${given}: ${out.slice(0, 300)}`;
          assert.equal(status, document.verdict === 'valid' ? 0 : 1, about);
          assert.ok(['valid', 'invalid', 'unknown'].includes(document.verdict), about);
          assert.match(document.code, /^(?:X509|PKCS12)_[A-Z0-9_]+$/, about);
          assert.equal(document.errors.length === 0, status === 0, about);
          assert.ok(typeof document.status === 'string' && out.trimEnd().split('\n').length === 1, about);
        }
    });
});
