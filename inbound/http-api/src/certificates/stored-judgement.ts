/** What a connector judged and stored, as the API shows it; what is not of the form that is known is not shown. */
import { fiveChecks, intakeFinding, shownCertificate } from '@sallyport/console-api';
import type { FiveChecks, IntakeFinding, ShownCertificate } from '@sallyport/console-api';
import { showCertificate } from '@sallyport/tls-policy';
import { readCertificate, readPem, X509Error, type Certificate } from '@sallyport/x509';

export interface StoredJudgement {
  readonly findings: IntakeFinding[];
  readonly checks: FiveChecks | null;
  readonly chain: ShownCertificate[];
  readonly strangers: string[];
  readonly fetchedSha256: string[];
}

const digest = /^[0-9a-f]{64}$/;

export function storedJudgement(stored: unknown): StoredJudgement {
  const { findings, checks, chain, strangers, fetchedSha256 } = (stored ?? {}) as Record<string, unknown>;
  return {
    findings: listOf(findings).flatMap((one) => intakeFinding.safeParse(one).data ?? []),
    checks: fiveChecks.safeParse(checks).data ?? null,
    chain: listOf(chain).flatMap((one) => shownCertificate.safeParse(one).data ?? []),
    strangers: listOf(strangers).map(String),
    fetchedSha256: listOf(fetchedSha256)
      .map(String)
      .filter((text) => digest.test(text)),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Of a text that was judged when it came in; should it be unreadable all the same, the rest is still shown. */
export function certificatesIn(pem: string): readonly Certificate[] {
  try {
    return readPem(pem).map(({ der }) => readCertificate(der));
  } catch (error) {
    if (error instanceof X509Error) return [];
    throw error;
  }
}

export function shownChain(chain: readonly Certificate[]): ShownCertificate[] {
  return chain.map((one, place) => {
    const { subjectAltNames, ...shown } = showCertificate(one, place);
    return { ...shown, subjectAltNames: [...subjectAltNames] };
  });
}

const day = 86_400_000;

/** Until the first certificate of the chain ends. */
export function daysLeft(chain: readonly Certificate[], notAfter: Date, now: number): number {
  const first = Math.min(notAfter.getTime(), ...chain.map((one) => one.notAfter));
  return Math.round(((first - now) / day) * 100) / 100;
}
