/** Mutation fuzzing of every parser, and of the validator with its signatures. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { crlNumber, crlEntry, issuingDistributionPoint, reasonCode, writeCrl } from '../generate/crl-author.ts';
import { writeOcspResponse } from '../generate/ocsp-author.ts';
import {
  X509Error,
  anchorFromCertificate,
  buildOcspRequest,
  readCertificate,
  readCertificationRequest,
  readCrl,
  readOcspRequest,
  readOcspResponse,
  readPem,
  readPkcs7,
  utcInstant,
  validate,
  validationPolicy,
  writePem,
} from '../src/index.ts';
import {
  commonName,
  ecdsaSha256,
  keyNamed,
  nameConstraints,
  generalName,
  signatureOf,
  writeCertificate,
} from './certificate-author.ts';
import { endEntitySpec, hostName, intermediateSpec, rootSpec } from './chain-author.ts';
import { bits, element, hex, integer, objectIdentifier, sequence, setOf } from './der-writer.ts';

export interface FuzzResult {
  readonly inputs: number;
  readonly read: number;
  readonly refused: number;
  readonly accepted: number;
  readonly slowestMilliseconds: number;
  readonly grownMegabytes: number;
  readonly findings: readonly string[];
}

/** Milliseconds; an input that takes longer is a finding. Generous: the machine may be busy. */
const slow = 2000;
/** Megabytes that are still held after the collector ran, counted from a tenth of the inputs on; more is a finding. */
const maximumGrowth = 16;
/** More findings are not collected. */
const maximumFindings = 20;

export interface Target {
  readonly name: string;
  readonly seed: Uint8Array;
  /** Reads everything that is lazy too. @returns whether the mutated input was accepted as if it were the seed */
  readonly run: (bytes: Uint8Array) => boolean;
}

/** A 32-bit generator (mulberry32): the same seed, the same inputs. */
function chance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const interesting = [
  0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff, 0x30, 0x31, 0x02, 0x03, 0x04, 0x05, 0x06, 0xa0, 0xa3, 0x17, 0x18,
  0x1f,
];

function mutated(seed: Uint8Array, next: (below: number) => number): Uint8Array {
  let bytes = Uint8Array.from(seed);
  for (let changes = 1 + next(3); changes > 0; changes--) {
    const at = next(Math.max(1, bytes.length));
    switch (next(7)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << next(8));
        break;
      case 1:
        bytes[at] = interesting[next(interesting.length)] ?? 0;
        break;
      case 2:
        bytes[at] = next(256);
        break;
      case 3:
        bytes = bytes.slice(0, at);
        break;
      case 4: {
        const length = 1 + next(16);
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at, at + length), ...bytes.subarray(at)]);
        break;
      }
      case 5:
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + next(8))]);
        break;
      default: {
        const from = next(Math.max(1, bytes.length));
        bytes.copyWithin(at, from, from + 1 + next(24));
      }
    }
  }
  return bytes;
}

const same = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

/** Every parser, and the validator. */
export function fuzzTargets(): readonly Target[] {
  const root = writeCertificate(rootSpec());
  const intermediate = writeCertificate(intermediateSpec({ set: [nameConstraints([generalName.dns('example.com')])] }));
  const endEntity = writeCertificate(endEntitySpec());
  const direct = writeCertificate(
    endEntitySpec({ issuer: commonName('Root'), signer: keyNamed('root'), serial: integer(0x42) }),
  );
  const entries = Array.from({ length: 5 }, (_, index) => ({
    serial: Uint8Array.of(index + 1),
    extensions: index % 2 === 0 ? [reasonCode(1)] : [],
  }));
  const crl = writeCrl({
    issuer: commonName('Root'),
    signer: keyNamed('root'),
    entries,
    extensions: [crlNumber(10), issuingDistributionPoint({ only: 'user' })],
  });
  const response = writeOcspResponse({
    signer: keyNamed('root'),
    responder: { name: commonName('Root') },
    singles: [{ issuer: commonName('Root'), issuerKey: keyNamed('root'), serial: Uint8Array.of(0x42) }],
  });
  const anchors = [anchorFromCertificate(readCertificate(root))];
  const request = buildOcspRequest([{ certificate: readCertificate(direct), issuer: readCertificate(root) }], {
    nonce: hex('01020304'),
  });
  const info = sequence(integer(0), commonName('request'), keyNamed('end entity').spki, element(0xa0));
  const certificationRequest = sequence(info, ecdsaSha256, bits(signatureOf(info, keyNamed('end entity'), 'sha256')));
  const bundle = sequence(
    objectIdentifier('1.2.840.113549.1.7.2'),
    element(
      0xa0,
      sequence(
        integer(1),
        setOf(),
        sequence(objectIdentifier('1.2.840.113549.1.7.1')),
        element(0xa0, endEntity, intermediate),
        setOf(),
      ),
    ),
  );
  const judge = (
    leaf: Uint8Array,
    others: readonly Uint8Array[],
    crls: readonly Uint8Array[] = [],
    ocspResponses: readonly Uint8Array[] = [],
  ): boolean =>
    validate({
      leaf,
      others,
      anchors,
      at: utcInstant('2026-06-15T12:00:00Z'),
      purpose: 'serverAuth',
      name: { kind: 'dns', value: hostName },
      policy: validationPolicy('rfc5280'),
      revocation: { mode: crls.length + ocspResponses.length > 0 ? 'hard' : 'off', crls, ocspResponses },
    }).accepted;
  return [
    {
      name: 'certificate',
      seed: endEntity,
      run(bytes) {
        const certificate = readCertificate(bytes);
        void certificate.publicKey;
        for (const extension of certificate.extensions.list) certificate.extensions.readForm(extension);
        return (void certificate.subject.relative, void certificate.issuer.key, void certificate.selfIssued, false);
      },
    },
    // What is outside the signed part, the signature value itself apart, is length headers and the algorithm: no change of it is accepted either.
    { name: 'validate end entity', seed: endEntity, run: (bytes) => judge(bytes, [intermediate]) },
    { name: 'validate intermediate', seed: intermediate, run: (bytes) => judge(endEntity, [bytes]) },
    {
      name: 'CRL',
      seed: crl,
      run(bytes) {
        const read = readCrl(bytes);
        read.find(Uint8Array.of(3));
        for (const entry of read.entries()) void entry.reason;
        return false;
      },
    },
    { name: 'validate with CRL', seed: crl, run: (bytes) => judge(direct, [], [bytes]) },
    { name: 'validate with OCSP response', seed: response, run: (bytes) => judge(direct, [], [], [bytes]) },
    {
      name: 'CRL entry',
      seed: crlEntry({ serial: Uint8Array.of(9), extensions: [reasonCode(4)] }),
      run: (bytes) => (
        readCrl(
          writeCrl({
            issuer: commonName('Root'),
            signer: keyNamed('root'),
            entryBytes: element(0x30, bytes),
            signature: hex('00'),
          }),
        ),
        false
      ),
    },
    { name: 'OCSP response', seed: response, run: (bytes) => (readOcspResponse(bytes), false) },
    { name: 'OCSP request', seed: request, run: (bytes) => (readOcspRequest(bytes), false) },
    {
      name: 'certification request',
      seed: certificationRequest,
      run: (bytes) => (readCertificationRequest(bytes), false),
    },
    { name: 'PKCS#7', seed: bundle, run: (bytes) => (readPkcs7(bytes), false) },
    {
      name: 'PEM',
      seed: new TextEncoder().encode(writePem('CERTIFICATE', endEntity)),
      run: (bytes) => (readPem(Buffer.from(bytes).toString('latin1')), false),
    },
  ];
}

/** @param tell gets a line now and then */
export function runFuzz(
  count: number,
  seed: number,
  tell: (line: string) => void,
  all: readonly Target[] = fuzzTargets(),
): FuzzResult {
  const next = chance(seed);
  const findings: string[] = [];
  let [read, refused, accepted, slowest] = [0, 0, 0, 0];
  for (const { name, seed: bytes, run } of all)
    if (name.startsWith('validate') && !run(bytes)) findings.push(`${name}: the seed itself is not accepted`);
  let heap = 0;
  for (let input = 0; input < count && findings.length < maximumFindings; input++) {
    const target = all[input % all.length];
    if (target === undefined) break;
    const bytes = mutated(target.seed, next);
    const start = performance.now();
    try {
      const taken = target.run(bytes);
      read++;
      // The signature covers all that is read: an accepted mutant must be the seed, or differ in a signature that verifies as well (never seen).
      if (taken && !same(bytes, target.seed))
        findings.push(`${target.name}: a changed input is accepted: ${hexOf(bytes)}`);
      if (taken) accepted++;
    } catch (error) {
      if (error instanceof X509Error) refused++;
      else findings.push(`${target.name}: ${error instanceof Error ? error.stack : String(error)}: ${hexOf(bytes)}`);
    }
    const took = performance.now() - start;
    slowest = Math.max(slowest, took);
    if (took > slow) findings.push(`${target.name}: ${took.toFixed(0)} ms: ${hexOf(bytes)}`);
    // Counted from a tenth on, when everything has been compiled and remembered.
    if (input === Math.floor(count / 10)) heap = heapMegabytes();
    if (input > 0 && input % 100_000 === 0) tell(`${input} inputs, ${findings.length} findings`);
  }
  const grown = heapMegabytes() - heap;
  if (grown > maximumGrowth) findings.push(`memory grew by ${grown.toFixed(1)} MB, more than ${maximumGrowth}`);
  return {
    inputs: count,
    read,
    refused,
    accepted,
    slowestMilliseconds: slowest,
    grownMegabytes: grown,
    findings,
  };
}

/** What is held after the collector ran; buffers outside the heap too. */
function heapMegabytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
