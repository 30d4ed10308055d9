import {
  alternativeNames,
  basicConstraints,
  generalName,
  keyNamed,
  subjectKeyIdentifier,
} from '../../vectors/certificate-author.ts';
import { hostName } from '../../vectors/chain-author.ts';
import { sequence } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const names = alternativeNames(generalName.dns(hostName));
const critical = { ...names, critical: true };

describeRule('subjects (RFC 5280 §4.1.2.6)', [
  {
    sentence: 'accepts an empty subject with critical alternative names',
    endEntity: { subject: sequence(), set: [critical] },
    codes: [],
  },
  {
    sentence: 'refuses an empty subject with alternative names that are not critical',
    endEntity: { subject: sequence(), set: [names] },
    codes: ['X509_SUBJECT_EMPTY'],
  },
  {
    sentence: 'refuses critical alternative names beside a subject under webpki',
    endEntity: { set: [critical] },
    codes: ['X509_ALTERNATIVE_NAME_CRITICAL'],
  },
  { sentence: 'accepts them under rfc5280', endEntity: { set: [critical] }, profile: 'rfc5280', codes: [] },
  {
    sentence: 'refuses a CA without a subject',
    intermediate: { subject: sequence() },
    endEntity: { issuer: sequence() },
    codes: ['X509_ISSUER_EMPTY', 'X509_CA_SUBJECT_EMPTY'],
  },
]);

const noName = sequence();
const ca = [basicConstraints(true), subjectKeyIdentifier(keyNamed('end entity'))];
const alternative = (critical: boolean) => ({ ...alternativeNames(generalName.dns(hostName)), critical });

describeRule('a certificate authority without a subject', [
  {
    sentence: 'is refused as an end entity',
    endEntity: { subject: noName, set: [...ca, alternative(true)] },
    profile: 'rfc5280',
    codes: ['X509_CA_SUBJECT_EMPTY'],
  },
  {
    sentence: 'is refused as an intermediate, with what its certificates lack',
    intermediate: { subject: noName, set: [alternative(true)] },
    endEntity: { issuer: noName },
    codes: ['X509_ISSUER_EMPTY', 'X509_CA_SUBJECT_EMPTY'],
  },
  {
    sentence: 'is no matter for an end entity that is none',
    endEntity: { subject: noName, set: [alternative(true)] },
    codes: [],
  },
]);

describeRule('a critical subjectAltName', [
  {
    sentence: 'beside a subject is refused in an end entity',
    endEntity: { set: [alternative(true)] },
    codes: ['X509_ALTERNATIVE_NAME_CRITICAL'],
  },
  {
    sentence: 'beside a subject is no matter in an intermediate',
    intermediate: { set: [alternative(true)] },
    codes: [],
  },
]);
