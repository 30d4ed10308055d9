import type { CheckName, CheckResult, ShownCertificate } from '@sallyport/console-api';
import { commonName } from './distinguished-name.ts';
import { dateWords, durationWords } from './time.ts';

/**
 * What a check found, in one plain sentence, from its evidence and the judged path; where these say too little, the
 * report's own sentence. Codes and exact values stay in the evidence.
 */
export function checkSentence(name: CheckName, check: CheckResult, path: readonly ShownCertificate[] = []): string {
  const sentence = check.status === 'pass' ? passSentence(name, check, path) : findingSentence(check);
  return sentence ?? check.message;
}

function passSentence(name: CheckName, { evidence }: CheckResult, path: readonly ShownCertificate[]): string | null {
  const judged = path.filter(({ role }) => role !== 'anchor');
  switch (name) {
    case 'validity': {
      const first = evidence.firstNotAfter;
      if (typeof first !== 'string' || judged.length === 0) return null;
      return judged.length === 1
        ? `The certificate is in date. It ends on ${dateWords(first)}.`
        : `${judged.length === 2 ? 'Both' : `All ${judged.length}`} certificates are in date. The first one ends on ${dateWords(first)}.`;
    }
    case 'trust':
      return typeof evidence.anchor === 'string'
        ? `Leads to “${commonName(evidence.anchor)}”, on the agreed list.`
        : null;
    case 'signature': {
      const keys = path.slice(1).map(({ key }) => key);
      if (keys.length === 0) return null;
      const count = keys.length === 1 ? '1 signature' : `${keys.length} signatures`;
      return `${count} verified, with the issuer’s key: ${[...new Set(keys)].join(', ')}.`;
    }
    case 'name':
      return typeof evidence.required === 'string' ? `${nameOf(evidence.required)} is in the certificate.` : null;
    case 'revocation':
      return null;
  }
}

function findingSentence({ code, evidence }: CheckResult): string | null {
  const { certificate, notAfter, notBefore, at, seen, required } = evidence;
  if (code === 'X509_EXPIRED' && typeof certificate === 'string' && typeof notAfter === 'string') {
    const ago =
      typeof at === 'string' ? `, ${durationWords(Date.parse(at) - Date.parse(notAfter))} before the check` : '';
    return `The certificate “${commonName(certificate)}” ended on ${dateWords(notAfter)}${ago}.`;
  }
  if (code === 'X509_NOT_YET_VALID' && typeof certificate === 'string' && typeof notBefore === 'string') {
    return `The certificate “${commonName(certificate)}” begins only on ${dateWords(notBefore)}.`;
  }
  if (code === 'X509_NAME_MISMATCH' && typeof seen === 'string' && typeof required === 'string') {
    return `The certificate is for ${nameOf(seen)}, not for ${nameOf(required)}.`;
  }
  return null;
}

/** `dns:host` as the report writes it: the host. */
function nameOf(text: string): string {
  return text.replaceAll(/\b(?:dns|ip|email):/gu, '');
}
