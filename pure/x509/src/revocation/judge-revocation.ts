/**
 * The revocation of every certificate of a path but the anchor. A valid "revoked" from any source wins; CRLs are asked before OCSP; what neither
 * decides is `unknown` with the nearest obstacle. Whether unknown refuses is for the validator's mode.
 */
import type { Certificate } from '../certificate.ts';
import { statusRequestFeature } from '../extensions/tls-feature.ts';
import { accessMethods } from '../extensions/information-access.ts';
import { utcInstant } from '../instant.ts';
import type { ReportEntry } from '../report.ts';
import type { RevocationContext } from '../revocation-context.ts';
import { X509Error } from '../x509-error.ts';
import { nearestObstacle, obstacle } from './certificate-status.ts';
import type { CertificateStatus } from './certificate-status.ts';
import { readCrl } from './crl.ts';
import type { RevocationList } from './revocation-list.ts';
import { judgeCrls } from './judge-crls.ts';
import { judgeOcspResponse } from './judge-ocsp.ts';
import type { IssuerKey } from './ocsp-certificate-id.ts';
import { readOcspResponse } from './ocsp-response.ts';
import type { OcspResponse } from './ocsp-response.ts';

const section = 'RFC 5280 §6.3';
/** Signers of CRLs whose own status hangs on further CRLs: so deep it is looked for. */
const maximumDepth = 4;
const dayMilliseconds = 86_400_000;

/** One entry for each certificate of the path, in its order. @throws BudgetExhausted */
export function judgeRevocation(context: RevocationContext): readonly ReportEntry[] {
  const judge = new RevocationJudge(context);
  return context.path.map((_, certificateIndex) => judge.entryOf(certificateIndex));
}

interface SourcedResponse {
  readonly response: OcspResponse;
  /** Null: nobody says where it came from. */
  readonly origin: string | null;
}

class RevocationJudge {
  private readonly context: RevocationContext;
  private readonly crls: readonly RevocationList[];
  /** Asked about certificates that are not in the path. */
  private readonly responderCrls: readonly RevocationList[];
  private readonly responses: readonly SourcedResponse[];
  private readonly staple: OcspResponse | X509Error | null | undefined;
  /** What was given and cannot be read. */
  private readonly unreadable: readonly CertificateStatus[];
  private readonly inProgress: Certificate[] = [];

  constructor(context: RevocationContext) {
    this.context = context;
    const { crls, responderCrls = [], ocspResponses, staple } = context.revocation;
    const readCrls = crls.map(readGivenCrl);
    const readResponderCrls = responderCrls.map(readGivenCrl);
    const readResponses = ocspResponses.map((given) => {
      const response = readOrError(given instanceof Uint8Array ? given : given.der, readOcspResponse);
      return response instanceof X509Error
        ? response
        : { response, origin: given instanceof Uint8Array ? null : given.origin };
    });
    this.crls = readCrls.flatMap((crl) => (crl instanceof X509Error ? [] : [crl]));
    this.responderCrls = readResponderCrls.flatMap((crl) => (crl instanceof X509Error ? [] : [crl]));
    this.responses = readResponses.flatMap((response) => (response instanceof X509Error ? [] : [response]));
    this.staple = staple == null ? staple : readOrError(staple, readOcspResponse);
    this.unreadable = [
      ...[...readCrls, ...readResponderCrls].flatMap((crl) =>
        crl instanceof X509Error ? [unreadableSource('X509_CRL_UNREADABLE', 'A CRL', crl)] : [],
      ),
      ...[...readResponses, this.staple].flatMap((response) =>
        response instanceof X509Error ? [unreadableSource('X509_OCSP_UNREADABLE', 'An OCSP response', response)] : [],
      ),
    ];
  }

  entryOf(certificateIndex: number): ReportEntry {
    const { path, revocation } = this.context;
    const certificate = path[certificateIndex];
    if (certificate === undefined) throw new TypeError('no certificate at this place of the path');
    const answer = this.statusOf(path, certificateIndex);
    const { code, message, evidence } = answer;
    const entry = { code, section: answer.section, certificateIndex, message, evidence };
    if (answer.status === 'revoked') return { ...entry, outcome: 'fail' };
    if (certificateIndex === 0 && mustStaple(certificate)) {
      const missing = this.refuseStaple(certificate);
      if (missing !== null)
        return { ...entry, ...missing, outcome: 'fail', section: 'RFC 7633 §4.2.3.1', evidence: {} };
    }
    if (answer.status === 'good') return { ...entry, outcome: 'pass' };
    if (revocation.anchorIssuesNoRevocationData === true)
      return {
        ...entry,
        code: 'X509_REVOCATION_NONE_ISSUED',
        outcome: 'not-applicable',
        message: 'The authority issues no revocation data, as was agreed.',
      };
    if (certificateIndex === 0 && this.context.policy.profile === 'webpki' && isShortLived(certificate))
      return {
        ...entry,
        code: 'X509_REVOCATION_SHORT_LIVED',
        outcome: 'not-applicable',
        section: 'Baseline Requirements 1.6.1, 4.9.10',
        message: 'The certificate lives so shortly that its revocation is not published.',
      };
    return { ...entry, outcome: 'unknown' };
  }

  /** What all sources say about one certificate of a path to the anchor. */
  private statusOf(path: readonly Certificate[], index: number): CertificateStatus {
    const certificate = path[index];
    if (certificate === undefined || this.inProgress.includes(certificate) || this.inProgress.length === maximumDepth)
      return obstacle('X509_REVOCATION_CIRCULAR', section, 'The status of the certificate hangs on itself.');
    this.inProgress.push(certificate);
    try {
      return this.ask(path, index, certificate);
    } catch (error) {
      if (!(error instanceof X509Error)) throw error;
      return obstacle('X509_REVOCATION_MALFORMED', section, `What is needed cannot be read: ${error.reason}.`, {
        cause: error.code,
        position: error.position,
      });
    } finally {
      this.inProgress.pop();
    }
  }

  private ask(path: readonly Certificate[], index: number, certificate: Certificate): CertificateStatus {
    const above = path[index + 1];
    const issuer: IssuerKey = above ?? this.context.anchor;
    const answers: CertificateStatus[] = [];
    const inPath = this.context.path.includes(certificate);
    const crls = inPath ? this.crls : [...this.crls, ...this.responderCrls];
    const byCrls = judgeCrls(crls, { path, index }, this.context, (signerPath, place) =>
      this.statusOf(signerPath, place),
    );
    if (byCrls !== null) answers.push(byCrls);
    // Asked also where a CRL has decided: two sources that do not agree are both shown.
    answers.push(...this.askResponders(path, index, certificate, issuer));
    const revoked = answers.find(({ status }) => status === 'revoked');
    if (revoked !== undefined) return withContradiction(revoked, answers);
    if (byCrls?.status === 'good') return withContradiction(byCrls, answers);
    const unknownToResponder = answers.find(({ code }) => code === 'X509_OCSP_UNKNOWN');
    const good = answers.find(({ status }) => status === 'good');
    // Several answers, the worst wins: a responder that does not know the certificate is not outvoted by another.
    return unknownToResponder ?? good ?? nearestObstacle(answers) ?? this.noSource(certificate);
  }

  private askResponders(
    path: readonly Certificate[],
    index: number,
    certificate: Certificate,
    issuer: IssuerKey,
  ): readonly CertificateStatus[] {
    const { staple } = this;
    const stapled =
      index === 0 && staple != null && !(staple instanceof X509Error) ? [{ response: staple, origin: 'staple' }] : [];
    return [...this.responses, ...stapled].flatMap(({ response, origin }) => {
      const answer = this.judgeResponse(response, certificate, issuer, path.slice(index + 1));
      if (answer === null) return [];
      return origin === null ? answer : { ...answer, evidence: { ...answer.evidence, origin } };
    });
  }

  private judgeResponse(
    response: OcspResponse,
    certificate: Certificate,
    issuer: IssuerKey,
    above: readonly Certificate[],
  ): CertificateStatus | null {
    const { at, policy, budget, verifySignature, revocation } = this.context;
    return judgeOcspResponse(response, {
      certificate,
      issuer,
      at,
      policy,
      budget,
      verifySignature,
      gracePeriodMilliseconds: revocation.gracePeriodMilliseconds ?? 0,
      maximumAgeMilliseconds: revocation.maximumOcspAgeMilliseconds ?? null,
      nonce: revocation.ocspNonce ?? null,
      responderStatus: (responder) => this.statusOf([responder, ...above], 0),
    });
  }

  /** Why the handshake's staple does not do what the certificate demands; null where it does, or there was no handshake. */
  private refuseStaple(certificate: Certificate): { code: string; message: string } | null {
    const { staple } = this;
    const { path, anchor } = this.context;
    if (staple === undefined) return null;
    if (staple === null)
      return {
        code: 'X509_OCSP_STAPLE_MISSING',
        message: 'The certificate demands a stapled OCSP response, and none was sent.',
      };
    const answer =
      staple instanceof X509Error ? null : this.judgeResponse(staple, certificate, path[1] ?? anchor, path.slice(1));
    if (answer?.status === 'good') return null;
    return {
      code: 'X509_OCSP_STAPLE_UNUSABLE',
      message: 'The certificate demands a stapled OCSP response, and the one that was sent cannot be used.',
    };
  }

  private noSource(certificate: Certificate): CertificateStatus {
    const unreadable = this.unreadable[0];
    if (unreadable !== undefined) return unreadable;
    const { crlDistributionPoints, authorityInformationAccess } = certificate.extensions;
    const named =
      crlDistributionPoints !== null ||
      authorityInformationAccess?.some(({ method }) => method === accessMethods.ocsp) === true;
    return named
      ? obstacle('X509_REVOCATION_UNDETERMINED', section, 'Nothing at hand says whether the certificate is revoked.')
      : obstacle(
          'X509_REVOCATION_NO_SOURCE',
          section,
          'The certificate names no source of revocation data, and none is at hand.',
        );
  }
}

/** Names one signed answer in its window that says otherwise than the one that decides. */
function withContradiction(decisive: CertificateStatus, answers: readonly CertificateStatus[]): CertificateStatus {
  const other = answers.find(
    (answer) =>
      answer.status !== decisive.status && (answer.status !== 'unknown' || answer.code === 'X509_OCSP_UNKNOWN'),
  );
  if (other === undefined) return decisive;
  const source = other.evidence['source'] === 'crl' ? 'a CRL' : 'an OCSP responder';
  const says = { good: 'not revoked', revoked: 'revoked', unknown: 'not known' }[other.status];
  return {
    ...decisive,
    message: `${decisive.message} The sources do not agree: ${source} says that it is ${says}.`,
    evidence: {
      ...decisive.evidence,
      otherAnswer: other.status,
      otherSource: other.evidence['source'] ?? null,
      otherOrigin: other.evidence['origin'] ?? null,
      otherThisUpdate: other.evidence['thisUpdate'] ?? null,
    },
  };
}

function mustStaple(certificate: Certificate): boolean {
  try {
    return certificate.extensions.tlsFeature?.includes(statusRequestFeature) === true;
  } catch (error) {
    if (error instanceof X509Error) return false;
    throw error;
  }
}

/** Short-lived subscriber certificates: 10 days, and 7 for those issued from 2026-03-15 on; both ends of the period count. */
function isShortLived({ notBefore, notAfter }: Certificate): boolean {
  const days = notBefore >= utcInstant('2026-03-15T00:00:00Z') ? 7 : 10;
  return notAfter - notBefore + 1000 <= days * dayMilliseconds;
}

function readGivenCrl(crl: Uint8Array | RevocationList): RevocationList | X509Error {
  return crl instanceof Uint8Array ? readOrError(crl, readCrl) : crl;
}

function readOrError<T>(der: Uint8Array, read: (der: Uint8Array) => T): T | X509Error {
  try {
    return read(der);
  } catch (error) {
    if (error instanceof X509Error) return error;
    throw error;
  }
}

function unreadableSource(code: string, what: string, error: X509Error): CertificateStatus {
  return obstacle(code, section, `${what} that was given cannot be read: ${error.reason}.`, {
    cause: error.code,
    position: error.position,
  });
}
