/** Names of every kind that a connection may ask for, and wildcards right under a top-level name. */
import { alternativeNames, commonName, generalName } from '../../vectors/certificate-author.ts';
import { hostName } from '../../vectors/chain-author.ts';
import { sequence } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const noName = sequence();
const email = generalName.email;
const asked = (value: string, kind: 'dns' | 'ip' | 'email') => ({ name: { kind, value }, purpose: 'any' as const });
const mailbox = {
  set: [alternativeNames(email('ops@example.com'), generalName.dns(hostName), generalName.ip(10, 0, 0, 1))],
};

describeRule('a name of another kind', [
  {
    sentence: 'a mailbox is found by its local part and host',
    endEntity: mailbox,
    input: asked('ops@EXAMPLE.com', 'email'),
    codes: [],
  },
  {
    sentence: 'a mailbox with another host',
    endEntity: mailbox,
    input: asked('ops@example.org', 'email'),
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'a mailbox with another local part',
    endEntity: mailbox,
    input: asked('dev@example.com', 'email'),
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'a mailbox without a local part',
    endEntity: mailbox,
    input: asked('@example.com', 'email'),
    codes: ['X509_REFERENCE_NAME_INVALID'],
  },
  {
    sentence: 'a mailbox without a host',
    endEntity: mailbox,
    input: asked('ops@', 'email'),
    codes: ['X509_REFERENCE_NAME_INVALID'],
  },
  {
    sentence: 'a mailbox that is none',
    endEntity: mailbox,
    input: asked('example.com', 'email'),
    codes: ['X509_REFERENCE_NAME_INVALID'],
  },
  {
    sentence: 'an address that is none',
    endEntity: mailbox,
    input: asked('10.0.0', 'ip'),
    codes: ['X509_REFERENCE_NAME_INVALID'],
  },
  { sentence: 'another address', endEntity: mailbox, input: asked('10.0.0.2', 'ip'), codes: ['X509_NAME_MISMATCH'] },
  {
    sentence: 'an address where there are DNS names only',
    input: asked('10.0.0.1', 'ip'),
    codes: ['X509_NAME_KIND_MISSING'],
  },
  {
    sentence: 'a mailbox where there are DNS names only',
    input: asked('ops@example.com', 'email'),
    codes: ['X509_NAME_KIND_MISSING'],
  },
]);

describeRule('a wildcard right under a top-level name', [
  {
    sentence: 'is none where the name is a single letter under it',
    endEntity: { subject: commonName('x.com'), set: [alternativeNames(generalName.dns('x.com'))] },
    input: { name: { kind: 'dns', value: 'x.com' } },
    codes: [],
  },
  {
    sentence: 'is refused',
    endEntity: { subject: noName, set: [{ ...alternativeNames(generalName.dns('*.com')), critical: true }] },
    input: { name: { kind: 'dns', value: 'example.com' } },
    policy: { rules: { preferredDnsSyntax: false } },
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'is accepted where that guard is switched off',
    endEntity: { subject: noName, set: [{ ...alternativeNames(generalName.dns('*.com')), critical: true }] },
    input: { name: { kind: 'dns', value: 'example.com' } },
    policy: { rules: { preferredDnsSyntax: false, wildcardNotUnderTopLevel: false } },
    codes: [],
  },
]);
