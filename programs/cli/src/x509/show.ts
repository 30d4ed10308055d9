/** `show`: what stands in certificates, CRLs, requests and OCSP responses. Nothing is judged. */
import { formatInstant, showKey, showReason, printable } from '@sallyport/x509';
import type { Certificate, Crl, ExtensionSet, OcspResponse } from '@sallyport/x509';
import { X509Error } from '@sallyport/x509';
import type { Answer } from './answer.ts';
import type { InputObject } from './input-objects.ts';
import { extensionContent, extensionName } from './extension-content.ts';
import type { Inputs } from './inputs.ts';
import type { Arguments } from './options.ts';
import { UsageError } from './options.ts';
import { signatureName } from './signature-name.ts';

/** Entries of a CRL that are printed; the count is always told. */
const shownEntries = 20;

type Facts = Readonly<Record<string, unknown>>;

export function show(args: Arguments, inputs: Inputs): Answer {
  if (args.files.length === 0) throw new UsageError('show needs a file');
  const objects = args.files.flatMap((file) => inputs.objects(file)).map(factsOf);
  if (objects.length === 0) throw new X509Error('X509_PEM_NO_BLOCK', 0, 'nothing that can be shown in the file');
  return {
    verdict: 'valid',
    status: 'read',
    code: 'X509_READ',
    errors: [],
    details: { objects },
    text: objects.map((facts) => linesOf(facts, '').join('\n')).join('\n\n'),
  };
}

function factsOf(object: InputObject): Facts {
  switch (object.kind) {
    case 'certificate':
      return { kind: object.kind, ...certificateFacts(object.certificate) };
    case 'crl':
      return { kind: object.kind, ...crlFacts(object.crl) };
    case 'ocsp-response':
      return { kind: object.kind, ...responseFacts(object.response) };
    case 'certification-request':
      return {
        kind: object.kind,
        subject: object.request.subject.toString(),
        key: showKey(object.request.publicKey),
        signatureAlgorithm: readable(() => signatureName(object.request.signatureAlgorithm)),
        extensions: extensionFacts(object.request.extensions),
      };
    default:
      return {
        kind: object.kind,
        serials: object.request.ids.map(({ serialNumber }) => Buffer.from(serialNumber).toString('hex')),
        nonce: object.request.nonce === null ? null : Buffer.from(object.request.nonce).toString('hex'),
      };
  }
}

function certificateFacts(certificate: Certificate): Facts {
  return {
    version: certificate.version,
    serial: certificate.serial,
    subject: certificate.subject.toString(),
    issuer: certificate.issuer.toString(),
    notBefore: formatInstant(certificate.notBefore),
    notAfter: formatInstant(certificate.notAfter),
    key: readable(() => showKey(certificate.publicKey)),
    signatureAlgorithm: readable(() => signatureName(certificate.signatureAlgorithm)),
    sha256: certificate.sha256,
    extensions: extensionFacts(certificate.extensions),
  };
}

function crlFacts(crl: Crl): Facts {
  const entries: Facts[] = [];
  for (const { serial, revocationDate, reason } of crl.entries()) {
    if (entries.length === shownEntries) break;
    entries.push({ serial, revocationDate: formatInstant(revocationDate), reason: showReason(reason) });
  }
  return {
    version: crl.version,
    issuer: crl.issuer.toString(),
    signatureAlgorithm: readable(() => signatureName(crl.signatureAlgorithm)),
    thisUpdate: formatInstant(crl.thisUpdate),
    nextUpdate: crl.nextUpdate === null ? null : formatInstant(crl.nextUpdate),
    number: crl.crlNumber === null ? null : Buffer.from(crl.crlNumber).toString('hex'),
    delta: crl.baseNumber !== null,
    entryCount: crl.index.count,
    entries,
    extensions: extensionFacts(crl.extensions),
  };
}

function responseFacts({ status, basic }: OcspResponse): Facts {
  if (basic === null) return { status };
  const { responderId } = basic;
  return {
    status,
    responder:
      responderId.kind === 'name' ? responderId.name.toString() : Buffer.from(responderId.keyHash).toString('hex'),
    signatureAlgorithm: readable(() => signatureName(basic.signatureAlgorithm)),
    producedAt: formatInstant(basic.producedAt),
    nonce: basic.nonce === null ? null : Buffer.from(basic.nonce).toString('hex'),
    responses: basic.responses.map((single) => ({
      serial: Buffer.from(single.id.serialNumber).toString('hex'),
      hash: single.id.hash,
      status: single.status,
      revocationDate: single.revocationDate === null ? null : formatInstant(single.revocationDate),
      reason: single.status === 'revoked' ? showReason(single.reason) : null,
      thisUpdate: formatInstant(single.thisUpdate),
      nextUpdate: single.nextUpdate === null ? null : formatInstant(single.nextUpdate),
    })),
    certificates: basic.certificates.map(({ subject }) => subject.toString()),
  };
}

function extensionFacts(extensions: ExtensionSet): readonly Facts[] {
  return extensions.list.map(({ type, critical }) => ({
    name: extensionName(type),
    type,
    critical,
    value: readable(() => extensionContent(type, extensions)),
  }));
}

/** A part that is malformed does not keep the rest from being shown. */
function readable(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof X509Error) return { unreadable: error.code, position: error.position };
    throw error;
  }
}

function linesOf(value: Facts, indent: string): readonly string[] {
  return Object.entries(value).flatMap(([name, part]) => {
    if (Array.isArray(part) && part.some(isFacts))
      return [`${indent}${name}:`, ...part.flatMap((one) => spaced(linesOf(one as Facts, `${indent}  `)))];
    if (isFacts(part)) return [`${indent}${name}:`, ...linesOf(part, `${indent}  `)];
    return [`${indent}${name}: ${Array.isArray(part) ? part.map(listed).join(', ') : printable(part)}`];
  });
}

/** With an empty line at the end, and not with two. */
function spaced(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === '' ? lines : [...lines, ''];
}

function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One of a list. Quoted where it could be read as two: a name may hold a comma and what looks like another name. */
function listed(value: unknown): string {
  return printable(typeof value === 'string' && /[,"]/.test(value) ? JSON.stringify(value) : value);
}
