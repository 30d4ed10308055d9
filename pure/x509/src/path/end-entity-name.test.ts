import {
  alternativeNames,
  distinguishedName,
  extendedKeyUsage,
  generalName,
} from '../../vectors/certificate-author.ts';
import { clientAuth, hostName } from '../../vectors/chain-author.ts';
import { element, sequence, ascii } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';
import type { ReferenceName } from '../validation-input.ts';

const bears = (...names: readonly Uint8Array[]) => ({ set: [alternativeNames(...names)] });
const dns = (...names: readonly string[]) => bears(...names.map(generalName.dns));
const asked = (value: string, kind: ReferenceName['kind'] = 'dns') => ({ name: { kind, value } });
const policy = { rules: { commonNameAmongAlternativeNames: false, preferredDnsSyntax: false } };
const email = { set: [alternativeNames(generalName.email('Ops@Example.com')), extendedKeyUsage(clientAuth)] };

describeRule('name of the end entity (RFC 9525)', [
  { sentence: 'accepts the name itself', codes: [] },
  { sentence: 'accepts it without regard to case', endEntity: dns('JIRA.Example.COM'), policy, codes: [] },
  { sentence: 'accepts one dot at the end of the name asked for', input: asked(`${hostName}.`), codes: [] },
  {
    sentence: 'refuses a dot at the end of the name presented',
    endEntity: dns(`${hostName}.`),
    policy,
    codes: ['X509_NAME_MISMATCH'],
  },
  { sentence: 'refuses another name', endEntity: dns('other.example.com'), policy, codes: ['X509_NAME_MISMATCH'] },
  {
    sentence: 'refuses a name in the common name only',
    endEntity: { drop: ['2.5.29.17'] },
    policy,
    codes: ['X509_NAME_NO_ALTERNATIVE_NAMES'],
  },
  {
    sentence: 'refuses alternative names without a DNS name',
    endEntity: bears(generalName.email('a@example.com')),
    policy,
    codes: ['X509_NAME_KIND_MISSING'],
  },
  { sentence: 'accepts a wildcard in the left-most label', endEntity: dns('*.example.com'), policy, codes: [] },
  {
    sentence: 'refuses a wildcard for two labels',
    endEntity: dns('*.example.com'),
    policy,
    input: asked('a.b.example.com'),
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'refuses a wildcard for no label',
    endEntity: dns('*.example.com'),
    policy,
    input: asked('example.com'),
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'refuses a wildcard inside a label',
    endEntity: dns('j*.example.com'),
    policy,
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'refuses a wildcard in another label',
    endEntity: dns('jira.*.com'),
    policy,
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'refuses a wildcard under a top-level domain',
    endEntity: dns('*.com'),
    policy,
    input: asked('example.com'),
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'refuses a bare wildcard',
    endEntity: dns('*'),
    policy,
    input: asked('localhost'),
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'refuses a wildcard for an address',
    endEntity: dns('*.0.0.1'),
    policy,
    input: asked('127.0.0.1', 'ip'),
    codes: ['X509_NAME_KIND_MISSING'],
  },
  {
    sentence: 'refuses an embedded NUL',
    endEntity: dns(`${hostName}\0.evil.example`),
    policy,
    codes: ['X509_NAME_EMBEDDED_NUL', 'X509_ALTERNATIVE_NAME_MALFORMED'],
  },
  {
    sentence: 'accepts an IPv4 address',
    endEntity: bears(generalName.ip(127, 0, 0, 1)),
    policy,
    input: asked('127.0.0.1', 'ip'),
    codes: [],
  },
  {
    sentence: 'accepts an IPv6 address however it is written',
    endEntity: bears(generalName.ip(...Array.from({ length: 15 }, () => 0), 1)),
    policy,
    input: asked('[0:0::1]', 'ip'),
    codes: [],
  },
  {
    sentence: 'refuses an address in a DNS name',
    endEntity: dns('127.0.0.1'),
    policy,
    input: asked('127.0.0.1', 'ip'),
    codes: ['X509_NAME_KIND_MISSING'],
  },
  {
    sentence: 'refuses an address that is asked for as a DNS name',
    endEntity: dns('127.0.0.1'),
    policy,
    input: asked('127.0.0.1'),
    codes: ['X509_REFERENCE_NAME_INVALID'],
  },
  {
    sentence: 'refuses a U-label that is asked for',
    input: asked('bücher.example'),
    codes: ['X509_REFERENCE_NAME_INVALID'],
  },
  {
    sentence: 'accepts an A-label',
    endEntity: dns('xn--bcher-kva.example'),
    policy,
    input: asked('xn--bcher-kva.example'),
    codes: [],
  },
  {
    sentence: 'accepts a mailbox whose host differs in case',
    endEntity: email,
    policy,
    input: { ...asked('Ops@example.COM', 'email'), purpose: 'clientAuth' },
    codes: [],
  },
  {
    sentence: 'refuses a mailbox whose local part differs in case',
    endEntity: email,
    policy,
    input: { ...asked('ops@example.com', 'email'), purpose: 'clientAuth' },
    codes: ['X509_NAME_MISMATCH'],
  },
  {
    sentence: 'asks for nothing where no name is asked for',
    endEntity: dns('other.example.com'),
    policy,
    input: { name: null },
    codes: [],
  },
  {
    sentence: 'refuses an empty list of alternative names',
    endEntity: { set: [{ type: '2.5.29.17', value: sequence() }] },
    policy,
    codes: ['X509_EXTENSION_MALFORMED', 'X509_ALTERNATIVE_NAME_MALFORMED'],
  },
  {
    sentence: 'refuses an address of five bytes',
    endEntity: bears(generalName.dns(hostName), generalName.ip(1, 2, 3, 4, 5)),
    policy,
    codes: ['X509_EXTENSION_MALFORMED', 'X509_ALTERNATIVE_NAME_MALFORMED'],
  },
  {
    sentence: 'refuses a U-label in a certificate',
    endEntity: bears(element(0x82, new TextEncoder().encode('bücher.example'))),
    policy,
    codes: ['X509_EXTENSION_MALFORMED', 'X509_ALTERNATIVE_NAME_MALFORMED'],
  },
  {
    sentence: 'refuses a tag that no form of name has',
    endEntity: bears(element(0x89, ascii('x'))),
    policy,
    codes: ['X509_EXTENSION_MALFORMED', 'X509_ALTERNATIVE_NAME_MALFORMED'],
  },
]);

describeRule('syntax of DNS names (RFC 5280 §4.2.1.6)', [
  {
    sentence: 'refuses an underscore',
    endEntity: { set: [alternativeNames(generalName.dns(hostName), generalName.dns('a_b.example.com'))] },
    codes: ['X509_DNS_NAME_MALFORMED'],
  },
  {
    sentence: 'lets an underscore pass where the rule is off',
    endEntity: dns('a_b.example.com'),
    policy,
    input: asked('a_b.example.com'),
    codes: [],
  },
  {
    sentence: 'refuses a label of 64 characters',
    endEntity: { set: [alternativeNames(generalName.dns(hostName), generalName.dns(`${'a'.repeat(64)}.example.com`))] },
    codes: ['X509_DNS_NAME_MALFORMED'],
  },
]);

describeRule('common names (Baseline Requirements 7.1.4.3)', [
  {
    sentence: 'refuses a common name that is not among the alternative names',
    endEntity: { subject: distinguishedName(['2.5.4.3', 'Jira']) },
    codes: ['X509_COMMON_NAME_ELSEWHERE'],
  },
  {
    sentence: 'refuses one that differs in case',
    endEntity: { subject: distinguishedName(['2.5.4.3', 'Jira.example.com']) },
    codes: ['X509_COMMON_NAME_ELSEWHERE'],
  },
  {
    sentence: 'does not ask under rfc5280',
    endEntity: { subject: distinguishedName(['2.5.4.3', 'Jira']) },
    profile: 'rfc5280',
    codes: [],
  },
  {
    sentence: 'accepts a subject without a common name',
    endEntity: { subject: distinguishedName(['2.5.4.10', 'Example']) },
    codes: [],
  },
]);
