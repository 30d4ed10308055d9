import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requestBody, uploadBody } from './intake-draft.ts';
import { draftOfRenewal, draftOfUpload } from './intake-start.ts';

const contacts = {
  owner: { name: 'Ada', email: 'ada@example.org' },
  technical: { name: 'Ben', email: 'ben@example.org' },
} as const;
const said = {
  kind: 'customer-custom',
  customerId: 'c1',
  domain: 'customer.example',
  policy: 'agreed-private-ca',
  agreedRoots: [{ subject: 'CN=Root', sha256: 'ab', pem: 'PEM\n' }],
  contacts,
} as const;
const now = Date.UTC(2026, 10, 26);

describe('a form for a certificate that begins filled in', () => {
  const present = {
    ...said,
    name: 'Jira of ACME renewed October 2026',
    subject: 'CN=jira.customer.example,O=ACME,C=DE',
    chain: [
      {
        role: 'end-entity',
        subject: '',
        issuer: '',
        serial: '',
        notBefore: '',
        notAfter: '',
        key: 'RSA 2048',
        sha256: '',
        subjectAltNames: ['dns:jira.customer.example', 'email:a@b.example', 'dns:b.customer.example'],
      },
    ],
  } as const;

  it('as a renewal asks for the same names, owner, authority and people with another key', () => {
    const renewal = draftOfRenewal(
      {
        ...present,
        agreedRoots: [...present.agreedRoots],
        chain: [{ ...present.chain[0], subjectAltNames: [...present.chain[0].subjectAltNames] }],
      },
      now,
    );
    assert.deepEqual(requestBody(renewal), {
      kind: 'customer-custom',
      policy: 'agreed-private-ca',
      makeDefault: false,
      name: 'Jira of ACME renewed November 2026',
      domain: 'customer.example',
      customerId: 'c1',
      anchorsPem: 'PEM',
      contacts,
      keyType: 'rsa3072',
      commonName: 'jira.customer.example',
      dnsNames: ['jira.customer.example', 'b.customer.example'],
      organization: 'ACME',
      country: 'DE',
    });
  });

  it('as another try keeps all that was said, and asks for files and password again', () => {
    const again = draftOfUpload({ ...said, agreedRoots: [...said.agreedRoots], name: 'Ours', makeDefault: false });
    assert.equal(again.way, 'upload');
    assert.deepEqual(uploadBody(again), {
      kind: 'customer-custom',
      policy: 'agreed-private-ca',
      makeDefault: false,
      name: 'Ours',
      domain: 'customer.example',
      customerId: 'c1',
      anchorsPem: 'PEM',
      contacts,
      files: [],
    });
  });
});
