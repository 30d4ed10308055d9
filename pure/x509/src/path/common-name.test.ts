/** The common name beside the alternative names: which it may be, and where it does not matter. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  alternativeNames,
  authorityKeyIdentifier,
  commonName,
  distinguishedName,
  extendedKeyUsage,
  generalName,
  keyNamed,
} from '../../vectors/certificate-author.ts';
import { clientAuth, failingCodes, hostName, reportOn, writeChain } from '../../vectors/chain-author.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const email = generalName.email;

describeRule('a common name', [
  {
    sentence: 'may be an address that is among the names',
    endEntity: {
      subject: commonName('10.0.0.1'),
      set: [alternativeNames(generalName.dns(hostName), generalName.ip(10, 0, 0, 1))],
    },
    codes: [],
  },
  {
    sentence: 'may not be an address that is not',
    endEntity: {
      subject: commonName('10.0.0.2'),
      set: [alternativeNames(generalName.dns(hostName), generalName.ip(10, 0, 0, 1))],
    },
    codes: ['X509_COMMON_NAME_ELSEWHERE'],
  },
  {
    sentence: 'is not among the names where it is a mailbox or a URI',
    endEntity: {
      subject: commonName('a@example.com'),
      set: [alternativeNames(generalName.dns(hostName), email('a@example.com'))],
    },
    codes: ['X509_COMMON_NAME_ELSEWHERE'],
  },
  {
    sentence: 'of a client is as it likes',
    endEntity: { subject: commonName('Somebody'), set: [extendedKeyUsage(clientAuth)] },
    input: { purpose: 'clientAuth' },
    codes: [],
  },
  {
    sentence: 'of an end entity for any purpose is as it likes',
    endEntity: { subject: commonName('Somebody') },
    input: { purpose: 'any' },
    codes: [],
  },
]);

describe('a name with several parts', () => {
  it('is no matter to the rules where the last part is the common name', () => {
    const subject = distinguishedName(['2.5.4.10', 'Example'], ['2.5.4.3', hostName]);
    assert.deepEqual(failingCodes(reportOn(writeChain({ endEntity: { subject } }))), []);
    assert.deepEqual(
      failingCodes(reportOn(writeChain({ endEntity: { set: [authorityKeyIdentifier(keyNamed('intermediate'))] } }))),
      [],
    );
  });
});
