import { extendedKeyUsage } from '../../vectors/certificate-author.ts';
import { clientAuth, serverAuth } from '../../vectors/chain-author.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const type = '2.5.29.37';
const any = '2.5.29.37.0';

describeRule('extKeyUsage (RFC 5280 §4.2.1.12)', [
  {
    sentence: 'refuses a client certificate as a server',
    endEntity: { set: [extendedKeyUsage(clientAuth)] },
    codes: ['X509_EXTENDED_KEY_USAGE_UNFIT'],
  },
  {
    sentence: 'accepts a client certificate as a client',
    endEntity: { set: [extendedKeyUsage(clientAuth)] },
    input: { purpose: 'clientAuth', name: null },
    codes: [],
  },
  {
    sentence: 'refuses a server certificate as a client',
    input: { purpose: 'clientAuth', name: null },
    codes: ['X509_EXTENDED_KEY_USAGE_UNFIT'],
  },
  {
    sentence: 'asks for nothing where no purpose is asked for',
    endEntity: { set: [extendedKeyUsage(clientAuth)] },
    input: { purpose: 'any' },
    codes: [],
  },
  {
    sentence: 'refuses an intermediate whose list leaves the purpose out',
    intermediate: { set: [extendedKeyUsage(clientAuth)] },
    codes: ['X509_EXTENDED_KEY_USAGE_UNFIT'],
  },
  {
    sentence: 'accepts an intermediate whose list has the purpose',
    intermediate: { set: [extendedKeyUsage(serverAuth, clientAuth)] },
    codes: [],
  },
  {
    sentence: 'refuses an end entity without a list under webpki',
    endEntity: { drop: [type] },
    codes: ['X509_EXTENDED_KEY_USAGE_MISSING'],
  },
  {
    sentence: 'accepts an end entity without a list under rfc5280',
    endEntity: { drop: [type] },
    profile: 'rfc5280',
    codes: [],
  },
  {
    sentence: 'does not take anyExtendedKeyUsage for serverAuth under webpki',
    endEntity: { set: [extendedKeyUsage(any)] },
    codes: ['X509_EXTENDED_KEY_USAGE_ANY', 'X509_EXTENDED_KEY_USAGE_UNFIT'],
  },
  {
    sentence: 'takes anyExtendedKeyUsage for serverAuth under rfc5280',
    endEntity: { set: [extendedKeyUsage(any)] },
    profile: 'rfc5280',
    codes: [],
  },
  {
    sentence: 'refuses a critical list under webpki',
    endEntity: { set: [{ ...extendedKeyUsage(serverAuth), critical: true }] },
    codes: ['X509_EXTENDED_KEY_USAGE_CRITICAL'],
  },
  {
    sentence: 'accepts a critical list under rfc5280',
    endEntity: { set: [{ ...extendedKeyUsage(serverAuth), critical: true }] },
    profile: 'rfc5280',
    codes: [],
  },
  {
    sentence: 'refuses a list in a root that policy judges',
    root: { set: [extendedKeyUsage(serverAuth)] },
    policy: { rules: { judgeAnchorCertificate: true } },
    codes: ['X509_ROOT_EXTENDED_KEY_USAGE'],
  },
  {
    sentence: 'does not look at the list of a root that is only an anchor',
    root: { set: [extendedKeyUsage(clientAuth)] },
    codes: [],
  },
]);

describeRule('extKeyUsage, where any purpose will do', [
  { sentence: 'may be missing', endEntity: { drop: ['2.5.29.37'] }, input: { purpose: 'any' }, codes: [] },
  {
    sentence: 'may be critical',
    endEntity: { set: [{ ...extendedKeyUsage(serverAuth), critical: true }] },
    input: { purpose: 'any' },
    codes: [],
  },
]);

describeRule('extKeyUsage of an intermediate', [
  {
    sentence: 'may be critical',
    intermediate: { set: [{ ...extendedKeyUsage(serverAuth), critical: true }] },
    codes: [],
  },
  {
    sentence: 'for anything does not do for a server under the rules of public authorities',
    intermediate: { set: [extendedKeyUsage('2.5.29.37.0')] },
    codes: ['X509_EXTENDED_KEY_USAGE_UNFIT'],
  },
  {
    sentence: 'for anything beside servers does',
    intermediate: { set: [extendedKeyUsage(serverAuth, '2.5.29.37.0')] },
    codes: [],
  },
]);
