/** The OCSP responder of the demo CA, RFC 6960: request bytes in, response bytes out. */
import { createHash, createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { distinguishedName, publicKeyBits, signed, type Issuer } from './certificate.ts';
import {
  contextConstructed,
  contextPrimitive,
  derOfPem,
  element,
  enumerated,
  generalizedTime,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  readElements,
  sequence,
  type ReadElement,
} from './der.ts';
import { freshMilliseconds, type Revocation } from './revocation-list.ts';

/** A CA that this responder answers for. */
export interface AnsweredIssuer {
  readonly issuer: Issuer;
  /** Delegated responder (RFC 6960 §4.2.2.2); null where the CA's own key signs. */
  readonly responder: { readonly certificatePem: string; readonly keyPem: string } | null;
  readonly revocations: () => readonly Revocation[];
}

/** What a response can be made to say instead of what is right. */
export interface OcspDefects {
  /** Signs in the place of the right responder; its certificate goes along. */
  readonly responder?: AnsweredIssuer['responder'];
  /** Added to the serial number that was asked for. */
  readonly serialOffset?: bigint;
  readonly status?: 'unknown';
  readonly nonce?: 'other';
}

/** OCSPResponseStatus `tryLater`, RFC 6960 §4.2.1. */
export const tryLaterResponse: Buffer = sequence(enumerated(3));
const malformedRequest = 1;
const unauthorized = 6;
const hashNames = new Map([
  [objectIdentifier('1.3.14.3.2.26').toString('hex'), 'sha1'],
  [objectIdentifier('2.16.840.1.101.3.4.2.1').toString('hex'), 'sha256'],
]);
const nonceType = objectIdentifier('1.3.6.1.5.5.7.48.1.2');

/** Answers one request. Questions about several issuers at once, or about a stranger's, are `unauthorized`. */
export function answerOcsp(
  request: Uint8Array,
  issuers: readonly AnsweredIssuer[],
  at: number,
  defects: OcspDefects = {},
): Buffer {
  let questions: Question[];
  let nonce: ReadElement | null;
  try {
    ({ questions, nonce } = readRequest(request));
  } catch {
    return sequence(enumerated(malformedRequest));
  }
  const first = questions[0];
  const answering = first === undefined ? undefined : issuers.find(({ issuer }) => isIssuer(issuer, first));
  if (answering === undefined || !questions.every((question) => isIssuer(answering.issuer, question)))
    return sequence(enumerated(unauthorized));
  const revoked = new Map(answering.revocations().map((revocation) => [revocation.serial, revocation]));
  const { issuer } = answering;
  const responder = defects.responder ?? answering.responder;
  const keyPem = responder?.keyPem ?? issuer.keyPem;
  const key = createPrivateKey(keyPem);
  const tbs = sequence(
    contextConstructed(2, octetString(sha1OfKey(createPublicKey(keyPem)))),
    generalizedTime(at),
    sequence(...questions.map((question) => singleResponse(question, revoked.get(question.serial), at, defects))),
    ...nonceExtension(nonce, defects),
  );
  const certificates = responder === null ? [] : [contextConstructed(0, sequence(derOfPem(responder.certificatePem)))];
  const basic = signed(tbs, key, certificates);
  return sequence(
    enumerated(0),
    contextConstructed(0, sequence(objectIdentifier('1.3.6.1.5.5.7.48.1.1'), octetString(basic))),
  );
}

/** A request about one certificate of `issuer`, without a nonce: what a server asks that wants something to staple. */
export function ocspRequest(issuer: Issuer, serial: bigint): Buffer {
  const sha1 = (bytes: Uint8Array): Buffer => octetString(createHash('sha1').update(bytes).digest());
  const algorithm = sequence(objectIdentifier('1.3.14.3.2.26'), nullValue);
  const name = sha1(distinguishedName(issuer));
  const key = sha1(publicKeyBits(createPublicKey(issuer.keyPem)));
  return sequence(sequence(sequence(sequence(sequence(algorithm, name, key, integer(serial))))));
}

interface Question {
  readonly certificateId: Uint8Array;
  readonly hashName: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serial: bigint;
}

/** OCSPRequest, RFC 6960 §4.1.1. A signature of the asker is neither needed nor looked at. */
function readRequest(bytes: Uint8Array): { questions: Question[]; nonce: ReadElement | null } {
  const [tbs] = readElements(one(readElements(bytes)).contents);
  const parts = readElements(tbs?.contents ?? new Uint8Array());
  const list = parts.find(({ tag }) => tag === 0x30);
  if (list === undefined) throw new RangeError('no requestList');
  const questions = readElements(list.contents).map((single) => readQuestion(single));
  const extensions = parts.find(({ tag }) => tag === 0xa2);
  const all = extensions === undefined ? [] : readElements(one(readElements(extensions.contents)).contents);
  const nonce = all.find((candidate) => nonceType.equals(readElements(candidate.contents)[0]?.whole ?? nothing));
  return { questions, nonce: nonce ?? null };
}

function readQuestion(single: ReadElement): Question {
  const [certificateId] = readElements(single.contents);
  const [algorithm, nameHash, keyHash, serial] = readElements(certificateId?.contents ?? nothing);
  if (certificateId === undefined || algorithm === undefined || nameHash === undefined) throw new RangeError('CertID');
  if (keyHash === undefined || serial === undefined || serial.contents.length === 0) throw new RangeError('CertID');
  const hashName = hashNames.get(Buffer.from(readElements(algorithm.contents)[0]?.whole ?? nothing).toString('hex'));
  if (hashName === undefined) throw new RangeError('hash algorithm');
  return {
    certificateId: certificateId.whole,
    hashName,
    issuerNameHash: nameHash.contents,
    issuerKeyHash: keyHash.contents,
    serial: BigInt(`0x${Buffer.from(serial.contents).toString('hex')}`),
  };
}

function isIssuer(issuer: Issuer, question: Question): boolean {
  const hash = (bytes: Uint8Array): Buffer => createHash(question.hashName).update(bytes).digest();
  return (
    hash(distinguishedName(issuer)).equals(question.issuerNameHash) &&
    hash(publicKeyBits(createPublicKey(issuer.keyPem))).equals(question.issuerKeyHash)
  );
}

function singleResponse(
  question: Question,
  revocation: Revocation | undefined,
  at: number,
  defects: OcspDefects,
): Buffer {
  const status =
    defects.status === 'unknown'
      ? contextPrimitive(2, nothing)
      : revocation === undefined
        ? contextPrimitive(0, nothing)
        : contextConstructed(1, generalizedTime(revocation.at), contextConstructed(0, enumerated(revocation.reason)));
  return sequence(
    defects.serialOffset === undefined ? question.certificateId : otherCertificateId(question, defects.serialOffset),
    status,
    generalizedTime(at),
    contextConstructed(0, generalizedTime(at + freshMilliseconds)),
  );
}

function otherCertificateId(question: Question, offset: bigint): Buffer {
  const [algorithm, nameHash, keyHash] = readElements(one(readElements(question.certificateId)).contents);
  const parts = [algorithm, nameHash, keyHash].map((part) => part?.whole ?? nothing);
  return sequence(...parts, integer(question.serial + offset));
}

/** RFC 9654 §2.1: the nonce of the request comes back, or somebody answers another request. */
function nonceExtension(asked: ReadElement | null, defects: OcspDefects): Buffer[] {
  if (defects.nonce === 'other') {
    const nonce = sequence(nonceType, octetString(octetString(randomBytes(32))));
    return [contextConstructed(1, sequence(nonce))];
  }
  return asked === null ? [] : [contextConstructed(1, sequence(asked.whole))];
}

/** ResponderID byKey is SHA-1 by definition (RFC 6960 §4.2.1), a name and not a protection. */
function sha1OfKey(publicKey: KeyObject): Buffer {
  return createHash('sha1').update(publicKeyBits(publicKey)).digest();
}

function one(elements: readonly ReadElement[]): ReadElement {
  const [only] = elements;
  if (only === undefined || elements.length !== 1) throw new RangeError('one element expected');
  return only;
}

const nothing = element(0x05).subarray(2);
