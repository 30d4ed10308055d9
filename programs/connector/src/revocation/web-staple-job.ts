/**
 * The OCSP answer that the web tier staples to its own certificate. The web tier only says which certificate it shows; its
 * addresses are followed only where an authority that we trust has signed them.
 */
import { askSources } from '@sallyport/revocation-fetch';
import { dueWebStaples, readSetting, recordWebStaple } from '@sallyport/store';
import { publicAnchors, readAnchors } from '@sallyport/tls-dialer';
import {
  certificateIdOf,
  judgeCertificateRevocation,
  privateAuthorityRules,
  readOcspResponse,
  readPem,
  revocationOff,
  utcInstant,
  validate,
  validationPolicy,
  X509Error,
  type Certificate,
  type IssuerKey,
  type TrustAnchor,
} from '@sallyport/x509';
import type { Connector } from '../connector.ts';
import { readableChain } from './named-uses.ts';

const policy = validationPolicy('rfc5280', { rules: privateAuthorityRules });
const fetchMilliseconds = 20_000;
const hour = 3_600_000;
const again = 60_000;

/** Written by the owner at set-up where the web tier's certificate comes from a private CA. */
interface WebAuthority {
  readonly anchorsPem: string;
  /** Whether its responder may have a private address. */
  readonly allowPrivate?: boolean;
}

interface Outcome {
  readonly staple: { readonly response: Uint8Array; readonly thisUpdate: Date; readonly nextUpdate: Date } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly nextFetchAt: Date;
}

export async function fetchWebStaples(connector: Connector): Promise<void> {
  const { store, log } = connector;
  const due = await dueWebStaples(store, new Date());
  if (due.length === 0) return;
  const authority = await readSetting<WebAuthority>(store, 'web-authority');
  for (const { certificateSha256, chainPem } of due) {
    const outcome = await stapleFor(connector, chainPem, authority);
    await recordWebStaple(store, certificateSha256, outcome);
    log.info({ event: 'web-staple.asked', certificateSha256, code: outcome.error?.code ?? 'ok' });
  }
}

async function stapleFor(connector: Connector, chainPem: string, authority: WebAuthority | null): Promise<Outcome> {
  const now = Date.now();
  const failed = (code: string, message: string, milliseconds = hour): Outcome => ({
    staple: null,
    error: { code, message },
    nextFetchAt: new Date(now + milliseconds),
  });
  const [leaf, ...others] = chainOf(chainPem);
  if (leaf === undefined) return failed('certificate-unreadable', 'The certificate of the web tier cannot be read.');
  const path = validate({
    leaf,
    others,
    anchors: anchorsOf(authority),
    at: utcInstant(now),
    purpose: 'serverAuth',
    name: null,
    policy,
    revocation: revocationOff,
  });
  if (!path.accepted || path.anchor === null)
    return failed('certificate-not-trusted', 'The certificate of the web tier comes from no authority that is known.');
  const certificate = path.path[0];
  const issuer: IssuerKey = path.path[1] ?? path.anchor;
  if (certificate === undefined) return failed('certificate-not-trusted', 'There is no path.');
  const data = connector.revocation.folder.forConnection({
    proxy: null,
    allowPrivate: authority?.allowPrivate === true,
  });
  const signal = AbortSignal.timeout(fetchMilliseconds);
  const question = { certificates: [certificate], issuers: [...path.path.slice(1), path.anchor] };
  const { sources } = await askSources(data, question, signal, {
    refresh: 'all',
    responders: 'always',
  });
  // The answer may have been made while it was asked for: judged for the moment before, it would come from the future.
  const answeredAt = Date.now();
  for (const response of data.held([certificate], utcInstant(answeredAt)).ocspResponses) {
    const der = response instanceof Uint8Array ? response : response.der;
    const window = windowOf(der, certificate, issuer);
    if (window === null || !isGood(der, certificate, path.path[1] ?? path.anchor.certificate, answeredAt)) continue;
    const left = window.nextUpdate - answeredAt;
    return {
      staple: { response: der, thisUpdate: new Date(window.thisUpdate), nextUpdate: new Date(window.nextUpdate) },
      error: null,
      nextFetchAt: new Date(answeredAt + Math.max(60_000, Math.min(left / 2, 4 * hour))),
    };
  }
  const asked = sources.find(({ kind }) => kind === 'ocsp');
  return asked === undefined
    ? failed('no-responder', 'The authority of the web tier’s certificate names no OCSP responder.', 24 * hour)
    : failed(asked.code, asked.message, again);
}

function chainOf(pem: string): readonly Certificate[] {
  try {
    return readableChain(readPem(pem).map(({ der }) => der));
  } catch (error) {
    if (error instanceof X509Error) return [];
    throw error;
  }
}

function anchorsOf(authority: WebAuthority | null): readonly TrustAnchor[] {
  const own = authority === null ? null : readAnchors(authority.anchorsPem);
  return [...publicAnchors(), ...(own?.ok === true ? own.anchors : [])];
}

/** Of the single answer about the certificate; an answer without an end is never stapled. */
function windowOf(
  der: Uint8Array,
  certificate: Certificate,
  issuer: IssuerKey,
): { readonly thisUpdate: number; readonly nextUpdate: number } | null {
  const { basic } = readOcspResponse(der);
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  const single = basic?.responses.find(({ id }) => {
    const wanted = certificateIdOf(certificate, issuer, 'sha1');
    return hex(id.serialNumber) === hex(wanted.serialNumber);
  });
  if (single === undefined || single.nextUpdate === null || single.status !== 'good') return null;
  return { thisUpdate: single.thisUpdate, nextUpdate: single.nextUpdate };
}

function isGood(der: Uint8Array, certificate: Certificate, issuer: Certificate | null, now: number): boolean {
  if (issuer === null) return false;
  const revocation = { mode: 'hard', crls: [], ocspResponses: [der] } as const;
  return (
    judgeCertificateRevocation({ certificate, issuer, at: utcInstant(now), policy, revocation }).outcome === 'pass'
  );
}
