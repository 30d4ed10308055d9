/** An agreed time of a canary stands in for the customer's word: one that is over was agreed by nobody. */
import { invalidFields } from '../api-problem.ts';

/** @throws ApiProblem where the time is over; absent is no time */
export function canaryTimeAhead(path: 'canaryAt' | 'at', instant: string | undefined): Date | null {
  if (instant === undefined) return null;
  const at = new Date(instant);
  if (at.getTime() <= Date.now())
    throw invalidFields([
      {
        path,
        code: 'in-the-past',
        message:
          'This time is over. Agree on one to come; without one the canary waits for the customer to say that the certificate is trusted.',
      },
    ]);
  return at;
}
