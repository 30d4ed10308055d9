import type { ConnectionSummary } from '@sallyport/console-api';
import { needsWhom } from '../../words/actor.ts';
import type { Basket } from '../../words/basket.ts';
import { checkSentence } from '../../words/check-sentence.ts';
import { checkNames } from '../../words/check.ts';
import { day } from '../../words/time.ts';

/** Where a connection belongs: paused first, then whoever must act, then healthy. */
export function basketOf(connection: ConnectionSummary): Basket | null {
  if (connection.state === 'retired') return null;
  if (connection.state === 'paused') return 'paused';
  const finding = findingOf(connection);
  if (finding !== null) return needsWhom(finding.actor) === 'us' ? 'needs-us' : 'needs-customer';
  if (connection.state === 'active') return 'healthy';
  // A draft waits for us: it must be checked or activated.
  return connection.state === 'draft' ? 'needs-us' : null;
}

/** What keeps a connection from working, in one sentence: the first failed check, else how the last dial ended. */
export function findingOf(connection: ConnectionSummary): ConnectionSummary['lastError'] {
  const { checks, lastError } = connection;
  if (checks !== null) {
    const failed = checkNames.find((name) => checks[name].status === 'fail');
    if (failed !== undefined) {
      const { code, actor } = checks[failed];
      return { code, message: checkSentence(failed, checks[failed]), actor };
    }
  }
  return lastError;
}

/** Whether our certificate there is known to be revoked: then its days left say nothing. */
export function isOursRevoked({ lastError }: Pick<ConnectionSummary, 'lastError'>): boolean {
  return lastError?.code === 'client-certificate-revoked';
}

/** How many connections are in each basket. */
export function basketCounts(connections: readonly ConnectionSummary[]): Readonly<Record<Basket, number>> {
  const counts = { healthy: 0, 'needs-us': 0, 'needs-customer': 0, paused: 0 };
  for (const connection of connections) {
    const basket = basketOf(connection);
    if (basket !== null) counts[basket] += 1;
  }
  return counts;
}

/** The end of a certificate that would stop a connection; `notBefore` where it is known. */
export interface CertificateEnd {
  readonly name: string;
  readonly notBefore?: string;
  readonly notAfter: string;
}

export interface ExpiryWeek {
  /** First day of the week, counted from today, RFC 3339. */
  readonly from: string;
  readonly label: string;
  readonly ends: readonly CertificateEnd[];
}

/** Ends of certificates by week from today; what has ended already counts to the first week. */
export function expiriesByWeek(
  certificates: readonly CertificateEnd[],
  now: number,
  weeks: number,
): readonly ExpiryWeek[] {
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return Array.from({ length: weeks }, (_, index) => {
    const from = now + index * 7 * day;
    const to = from + 7 * day;
    return {
      from: new Date(from).toISOString(),
      label: index === 0 ? 'This week' : format.format(new Date(from)),
      ends: certificates.filter(({ notAfter }) => {
        const end = Date.parse(notAfter);
        return end < to && (index === 0 || end >= from);
      }),
    };
  });
}
