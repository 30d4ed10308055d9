/** What decides about revocation although its source did not answer just now: told with its age. */
import { intakeFinding, type IntakeFinding } from '@sallyport/lifecycle';
import type { Holding } from '@sallyport/revocation-fetch';
import type { FetchSummary } from '@sallyport/tls-dialer';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;
const answered: readonly string[] = ['ok', 'not-modified'];
export const revocationHeld = 'revocation-held';

/** One finding for each source that was asked in vain and of which something is held. @param now epoch milliseconds */
export function heldRevocationFindings(
  { sources }: FetchSummary,
  holdings: readonly Holding[],
  now: number,
): readonly IntakeFinding[] {
  return sources.flatMap(({ kind, url, code, message, actor }) => {
    if (answered.includes(code)) return [];
    const held = holdings.find((one) => one.kind === kind && one.url === url && one.thisUpdate !== null);
    const since = held?.confirmedAt ?? held?.fetchedAt ?? null;
    if (since === null) return [];
    return [
      intakeFinding({
        topic: 'five-checks',
        code: revocationHeld,
        severity: 'warns',
        message: `Revocation: ${url} did not answer now (${message.replace(/\.$/, '')}). What is held from before, ${ageOf(now - since)} old, decided: a revocation since then is not known. It is asked again in minutes.`,
        actor: actor ?? 'certificate-authority',
      }),
    ];
  });
}

function ageOf(milliseconds: number): string {
  const [unit, length] = units.find(([, one]) => milliseconds >= one) ?? ['second', 1000];
  const count = Math.max(0, Math.floor(milliseconds / length));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
