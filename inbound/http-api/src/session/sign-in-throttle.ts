/** Sign-in is throttled in the database: restarts and several web tiers do not reset it. */
import { countSignInAttempts, recordSignInAttempt, type Store } from '@sallyport/store';
import { ApiProblem } from '../api-problem.ts';

const windowSeconds = 15 * 60;
/** Attempts in the window for one e-mail address, and for one network address. */
const mostForPerson = 10;
const mostForAddress = 50;

/** The subject under which attempts for an e-mail address are counted. */
export function personSubject(email: string): string {
  return `person:${email.toLowerCase()}`;
}

/**
 * Counts this attempt and throws `sign-in-throttled` when it is one too many. Counted before the password is looked at,
 * so that many at once do not slip through.
 */
export async function countSignIn(store: Store, email: string, address: string): Promise<void> {
  const since = new Date(Date.now() - windowSeconds * 1000);
  const subjects = [personSubject(email), `address:${address}`] as const;
  const [forPerson, forAddress] = await Promise.all(
    subjects.map((subject) => countSignInAttempts(store, subject, since)),
  );
  if ((forPerson ?? 0) >= mostForPerson || (forAddress ?? 0) >= mostForAddress) {
    throw new ApiProblem('sign-in-throttled', {
      detail: `After ${mostForPerson} failed attempts an address must wait up to ${windowSeconds / 60} minutes.`,
      retryAfterSeconds: windowSeconds,
    });
  }
  await recordSignInAttempt(store, subjects);
}
