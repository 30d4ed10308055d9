import {
  authorityKeyIdentifier,
  basicConstraints,
  commonName,
  generalName,
  keyNamed,
  subjectKeyIdentifier,
} from '../../vectors/certificate-author.ts';
import { bytes, element, sequence } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const authority = '2.5.29.35';
const subject = '2.5.29.14';
const byName = {
  type: authority,
  value: sequence(
    element(0x80, keyNamed('intermediate').keyIdentifier),
    element(0xa1, generalName.directory(commonName('Root'))),
    element(0x82, bytes(7)),
  ),
};
const judged = { rules: { judgeAnchorCertificate: true } };

describeRule('key identifiers (RFC 5280 §4.2.1.1, §4.2.1.2)', [
  {
    sentence: 'refuses an end entity without the key of its issuer',
    endEntity: { drop: [authority] },
    codes: ['X509_AUTHORITY_KEY_IDENTIFIER_MISSING'],
  },
  {
    sentence: 'refuses an intermediate without its own',
    intermediate: { drop: [subject] },
    codes: ['X509_SUBJECT_KEY_IDENTIFIER_MISSING'],
  },
  {
    sentence: 'lets both pass where the rule is off',
    endEntity: { drop: [authority] },
    intermediate: { drop: [subject] },
    policy: { rules: { keyIdentifiers: false } },
    codes: [],
  },
  {
    sentence: 'refuses a critical one',
    intermediate: { set: [{ ...subjectKeyIdentifier(keyNamed('intermediate')), critical: true }] },
    codes: ['X509_KEY_IDENTIFIER_CRITICAL'],
  },
  {
    sentence: 'takes an identifier of another key for a hint only',
    endEntity: { set: [authorityKeyIdentifier(keyNamed('other'))] },
    codes: [],
  },
  {
    sentence: 'refuses issuer and serial number under webpki',
    endEntity: { set: [byName] },
    codes: ['X509_AUTHORITY_KEY_IDENTIFIER_BY_NAME'],
  },
  {
    sentence: 'accepts issuer and serial number under rfc5280',
    endEntity: { set: [byName] },
    profile: 'rfc5280',
    codes: [],
  },
  {
    sentence: 'refuses a judged root that names another key as its issuer',
    root: { set: [authorityKeyIdentifier(keyNamed('other'))] },
    policy: judged,
    codes: ['X509_KEY_IDENTIFIER_MISMATCH'],
  },
  {
    sentence: 'accepts a judged root that names its own',
    root: { set: [authorityKeyIdentifier(keyNamed('root'))] },
    policy: judged,
    codes: [],
  },
]);

const withName = (...members: readonly Bytes[]) => ({
  type: '2.5.29.35',
  value: sequence(element(0x80, keyNamed('intermediate').keyIdentifier), ...members),
});
const issuerName = element(0xa1, generalName.directory(commonName('Root')));

describeRule('the key identifier of an authority', [
  {
    sentence: 'is missed in an end entity that is one',
    endEntity: { set: [basicConstraints(true)] },
    profile: 'rfc5280',
    codes: ['X509_SUBJECT_KEY_IDENTIFIER_MISSING'],
  },
  {
    sentence: 'is missed in an intermediate',
    intermediate: { drop: [subject] },
    codes: ['X509_SUBJECT_KEY_IDENTIFIER_MISSING'],
  },
  { sentence: 'is not missed in an end entity that is none', codes: [] },
]);

describeRule('an authority key identifier', [
  {
    sentence: 'by name and serial number is refused under the rules of public authorities',
    endEntity: { set: [withName(issuerName, element(0x82, bytes(1)))] },
    codes: ['X509_AUTHORITY_KEY_IDENTIFIER_BY_NAME'],
  },
]);
