/** What an evidence archive holds: the chain, what said that it is not revoked, the report, the terms, and the script. */
import { canonicalTerms, termsHash, type Terms } from '@sallyport/terms';
import type { StoredHandshake } from '@sallyport/store';
import { writePem } from '@sallyport/x509';
import { verifyScript, type ProvenCertificate } from './verify-script.ts';
import type { ZipEntry } from './zip-file.ts';

export interface EvidenceParts {
  readonly handshake: StoredHandshake;
  readonly terms: Terms;
  /** DER by SHA-256: the chain as shown, and the anchor. */
  readonly certificates: ReadonlyMap<string, Uint8Array>;
  /** CRLs and OCSP answers by SHA-256. */
  readonly contents: ReadonlyMap<string, { readonly kind: 'crl' | 'ocsp'; readonly der: Uint8Array }>;
}

/** The evidence cannot be put together; the message says what is missing. */
export class EvidenceError extends Error {
  readonly code: 'evidence-not-kept' | 'terms-altered' | 'no-chain' | 'connection-unknown' | 'connection-ambiguous';
  constructor(code: EvidenceError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

interface KeptEvidence {
  readonly host?: string;
  readonly report?: {
    readonly at: string;
    readonly verdict: string;
    readonly path: readonly { readonly role: string; readonly sha256: string }[];
  };
  readonly revocation?: readonly {
    readonly certificateIndex: number | null;
    readonly kind: 'crl' | 'ocsp';
    readonly sha256: string | null;
    readonly url: string | null;
    readonly thisUpdate?: string | null;
    readonly nextUpdate?: string | null;
  }[];
}

/** @throws EvidenceError */
export function evidenceArchive({ handshake, terms, certificates, contents }: EvidenceParts): ZipEntry[] {
  const evidence = handshake.evidence as KeptEvidence;
  const { report } = evidence;
  if (termsHash(terms) !== handshake.termsSha256)
    throw new EvidenceError('terms-altered', 'The terms of that time do not match the hash that the handshake names.');
  const path = (report?.path ?? []).filter(({ role }) => role !== 'anchor');
  const anchor = report?.path.find(({ role }) => role === 'anchor');
  if (report === undefined || path.length === 0)
    throw new EvidenceError('no-chain', 'This handshake showed no chain that was judged.');
  const files: ZipEntry[] = [];
  const add = (name: string, bytes: Uint8Array | string, isExecutable = false): string => {
    files.push({ path: name, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes, isExecutable });
    return name;
  };
  const pemOf = (sha256: string | undefined, what: string): string => {
    const der = sha256 === undefined ? undefined : certificates.get(sha256);
    if (der === undefined)
      throw new EvidenceError('evidence-not-kept', `The ${what} of that handshake is not kept any more.`);
    return writePem('CERTIFICATE', der);
  };
  const anchorFile = add('anchor.pem', pemOf(anchor?.sha256, 'trust anchor'));
  const names = path.map(({ sha256 }, index) => add(`path/${index}.pem`, pemOf(sha256, `certificate ${index}`)));
  add(
    'untrusted.pem',
    path
      .slice(1)
      .map(({ sha256 }) => pemOf(sha256, 'issuer'))
      .join('') || pemOf(anchor?.sha256, 'trust anchor'),
  );
  handshake.chainSha256.forEach((sha256, index) => {
    if (certificates.has(sha256)) add(`as-shown/${index}.pem`, pemOf(sha256, 'chain'));
  });
  const proven = path.map(({ sha256 }, index): ProvenCertificate => {
    const answer = evidence.revocation?.find(({ certificateIndex }) => certificateIndex === index);
    const kept = answer?.sha256 == null ? undefined : contents.get(answer.sha256);
    const window = { thisUpdate: answer?.thisUpdate ?? null, nextUpdate: answer?.nextUpdate ?? null };
    const revocation =
      kept === undefined
        ? null
        : kept.kind === 'crl'
          ? { ...window, kind: kept.kind, file: add(`revocation/${index}.crl.pem`, writePem('X509 CRL', kept.der)) }
          : { ...window, kind: kept.kind, file: add(`revocation/${index}.ocsp.der`, kept.der) };
    const digest = answer?.sha256 == null ? '' : ` SHA-256 ${answer.sha256}`;
    return {
      file: names[index] ?? '',
      sha256,
      issuerFile: names[index + 1] ?? anchorFile,
      revocation,
      without:
        answer === undefined ? 'no answer decided; see report.json' : `its bytes are not in the database:${digest}`,
    };
  });
  const termsFile = add('terms.json', canonicalTerms(terms));
  add('report.json', `${JSON.stringify(handshake, null, 2)}\n`);
  const host = evidence.host ?? new URL(terms.baseUrl).hostname;
  add(
    'verify.sh',
    verifyScript({
      host,
      isAddress: /^[\d.]+$|:/.test(host),
      at: Math.floor(Date.parse(report.at) / 1000),
      verdict: report.verdict,
      certificates: proven,
      anchor: { file: anchorFile, sha256: anchor?.sha256 ?? '' },
      terms: { file: termsFile, sha256: handshake.termsSha256 },
    }),
    true,
  );
  add('README.txt', readme(handshake, report.at));
  return files;
}

function readme({ id, connectionId, connectorId, termsSha256 }: StoredHandshake, at: string): string {
  return `Evidence of one handshake of Sallyport.

handshake   ${id}
connection  ${connectionId}
connector   ${connectorId}
judged at   ${at}
terms       SHA-256 ${termsSha256} (terms.json)

path/        the judged path, end entity first; anchor.pem is its trust anchor
as-shown/    the chain in the order in which the far side sent it
revocation/  the CRL or OCSP answer that decided about the certificate of that number
report.json  what was asked, sent, negotiated and judged

./verify.sh repeats the checks offline with openssl, as of that instant.
`;
}
