/** Whether any connector runs: without one nothing is dialled, and whatever is shown as waiting waits for ever. */
import type { Connector } from '@sallyport/console-api';

/** Each writes a heartbeat every 2 s; after so many seconds of silence others take over its jobs. */
const silentAfterSeconds = 15;

/** `never`: none has ever run; `silent`: since the last heartbeat of any; null while one runs. Ages are the database's. */
export function silenceOf(
  connectors: readonly Pick<Connector, 'heartbeatAt' | 'heartbeatAgeSeconds'>[],
): { readonly is: 'never' } | { readonly is: 'silent'; readonly since: string } | null {
  if (connectors.some(({ heartbeatAgeSeconds }) => heartbeatAgeSeconds <= silentAfterSeconds)) return null;
  const [last] = connectors.map(({ heartbeatAt }) => heartbeatAt).toSorted((one, other) => other.localeCompare(one));
  return last === undefined ? { is: 'never' } : { is: 'silent', since: last };
}
