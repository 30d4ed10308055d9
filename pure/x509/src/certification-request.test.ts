import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  alternativeNames,
  commonName,
  ecdsaSha256,
  extension,
  generalName,
  keyNamed,
  signatureOf,
} from '../vectors/certificate-author.ts';
import type { Bytes } from '../vectors/der-writer.ts';
import { bits, element, integer, objectIdentifier, sequence, setOf } from '../vectors/der-writer.ts';
import { provesPossession, readCertificationRequest } from './certification-request.ts';
import { showGeneralName } from './name/general-name.ts';
import { X509Error } from './x509-error.ts';

const key = keyNamed('requester');
const asked = sequence(
  objectIdentifier('1.2.840.113549.1.9.14'),
  setOf(sequence(extension(alternativeNames(generalName.dns('jira.example.com'))))),
);

function request(attributes: readonly Bytes[], signer = key, version = integer(0)): Bytes {
  const info = sequence(version, commonName('jira.example.com'), key.spki, element(0xa0, ...attributes));
  return sequence(info, ecdsaSha256, bits(signatureOf(info, signer, 'sha256')));
}

const codeOf = (der: Bytes): string => {
  try {
    readCertificationRequest(der);
  } catch (error) {
    if (error instanceof X509Error) return error.code;
    throw error;
  }
  return 'read';
};

describe('a certification request', () => {
  it('tells subject and the extensions that are asked for', () => {
    const read = readCertificationRequest(request([asked]));
    assert.equal(read.subject.toString(), 'CN=jira.example.com');
    assert.deepEqual(read.extensions.subjectAltName?.map(showGeneralName), ['dns:jira.example.com']);
  });
  it('proves possession where its own key signed it', () =>
    assert.equal(provesPossession(readCertificationRequest(request([]))), true));
  it('proves nothing where another key signed it', () =>
    assert.equal(provesPossession(readCertificationRequest(request([], keyNamed('stranger')))), false));
  it('of a version that does not exist is refused', () =>
    assert.equal(codeOf(request([], key, integer(1))), 'X509_VERSION_INVALID'));
  it('with an attribute twice is refused', () =>
    assert.equal(codeOf(request([asked, asked])), 'X509_REQUEST_MALFORMED'));
});
