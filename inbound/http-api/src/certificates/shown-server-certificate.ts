/** The web tier's own certificate as the API shows it, with what is to be done about it. */
import type { ServerCertificate, ServerCertificateAdvice } from '@sallyport/console-api';
import type { WebCertificateWithStaple } from '@sallyport/store';
import { formatInstant } from '@sallyport/x509';
import { certificatesIn, daysLeft, shownChain, storedJudgement } from './stored-judgement.ts';

/** The organisation that a certificate of the first start names; no authority issues that. */
const ownOrganization = 'Sallyport (made on this machine)';
const soonDays = 30;
/** Certificates of 47 days are renewed when a third of the life is left. */
const lateShare = 1 / 3;
const day = 86_400_000;

/** Null where what is stored is no certificate. @param now epoch milliseconds */
export function shownServerCertificate(
  stored: WebCertificateWithStaple,
  isShownNow: boolean,
  now: number,
): ServerCertificate | null {
  const chain = certificatesIn(stored.chainPem);
  const [endEntity] = chain;
  if (endEntity === undefined) return null;
  const { findings, checks } = storedJudgement(stored.judgement);
  const shown = shownChain(chain);
  const subject = endEntity.subject.toString();
  const facts = {
    subject,
    issuer: endEntity.issuer.toString(),
    names: [...(shown[0]?.subjectAltNames ?? [])],
    notBefore: formatInstant(endEntity.notBefore),
    notAfter: formatInstant(endEntity.notAfter),
    daysLeft: daysLeft(chain, new Date(endEntity.notAfter), now),
    sha256: endEntity.sha256,
    chain: shown,
    shownSince: stored.firstShownAt.toISOString(),
    judgedAt: stored.judgedAt?.toISOString() ?? null,
    checks,
    findings,
    isShownNow,
    madeHere: endEntity.selfIssued && subject.includes(ownOrganization),
    staple: {
      fetchedAt: stored.fetchedAt?.toISOString() ?? null,
      thisUpdate: stored.thisUpdate?.toISOString() ?? null,
      nextUpdate: stored.nextUpdate?.toISOString() ?? null,
      isStapled:
        isShownNow && (stored.nextUpdate?.getTime() ?? 0) > now && (stored.thisUpdate?.getTime() ?? Infinity) <= now,
      nextFetchAt: stored.nextFetchAt.toISOString(),
      error: stored.error,
    },
  };
  return { ...facts, advice: adviceFor(facts, (endEntity.notAfter - endEntity.notBefore) / day) };
}

const howTo =
  'Put the new certificate with its chain, and its key, in place of the files that SALLYPORT_TLS_CERTIFICATE and SALLYPORT_TLS_KEY name. ' +
  'They are taken within ten seconds, without a restart; files that do not fit together are refused, and the one before goes on.';

/** The gravest first. @param lifeDays from its begin to its end */
export function adviceFor(
  {
    madeHere,
    daysLeft: left,
    isShownNow,
    checks,
    findings,
  }: Pick<ServerCertificate, 'madeHere' | 'daysLeft' | 'isShownNow' | 'checks' | 'findings'>,
  lifeDays: number,
): ServerCertificateAdvice {
  if (!isShownNow) return { code: 'nothing', message: 'Another one is shown instead of it.', actor: null };
  if (madeHere)
    return {
      code: 'give-a-certificate',
      message:
        'It was made on this machine, so that browsers warn of it. For other people, set SALLYPORT_TLS_CERTIFICATE and SALLYPORT_TLS_KEY to ' +
        'a certificate of an authority that their browsers trust, and start the web tier again. ' +
        (left < soonDays
          ? 'Where it stays as it is: a restart makes a new one.'
          : 'A restart in its last 30 days makes a new one.'),
      actor: 'operator',
    };
  if (left <= 0 || checks?.revocation.status === 'fail')
    return {
      code: 'replace-now',
      message: `${left <= 0 ? 'It has ended' : 'It is revoked'}: browsers refuse it. Get another now. ${howTo}`,
      actor: 'operator',
    };
  if (left < Math.min(soonDays, lifeDays * lateShare))
    return {
      code: 'replace-soon',
      message: `Get the next one now. ${howTo}`,
      actor: 'operator',
    };
  const blocking = findings.find(({ severity }) => severity === 'blocks');
  if (blocking !== undefined)
    return { code: 'see-findings', message: `${blocking.message} ${howTo}`, actor: blocking.actor ?? 'operator' };
  return {
    code: 'nothing',
    message: `Nothing has to be done. When its end comes near: ${lowered(howTo)}`,
    actor: null,
  };
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
