/** The canary: the next certificate against the real far side, on every address, while the current one serves; and both compared. */
import { currentIsDead } from '@sallyport/lifecycle';
import { insertHandshakes, jobScope, type HandshakeRecord, type StoredSwap, type SwapSight } from '@sallyport/store';
import { DialError } from '@sallyport/tls-dialer';
import { BindingError } from '../connections/binding-error.ts';
import { bindConnection, type BoundConnection } from '../connections/bound-connection.ts';
import type { SwappingConnector } from './swapping-connector.ts';
import { addressesOf, lookWith, type CertificateLook } from './certificate-look.ts';

interface AddressLooks {
  readonly address: string | null;
  readonly next: CertificateLook;
  /** Null where the current one may not be shown any more. */
  readonly current: CertificateLook | null;
}

/** Null where a person has paused the connection meanwhile: nothing is dialled. */
export async function makeCanary(connector: SwappingConnector, swap: StoredSwap): Promise<SwapSight | null> {
  const { connectorId, store } = connector;
  const { next, termsSha256 } = swap.facts;
  const about = { connectorId, sha256: next.sha256, termsSha256 };
  const failed = (code: string, message: string): SwapSight => ({
    kind: 'canary',
    result: { ...about, verdict: 'failed', code, message, addresses: [], differences: [] },
  });
  const records: HandshakeRecord[] = [];
  try {
    const [bound, serving] = await bindBoth(connector, swap);
    if (bound?.connection.state === 'paused') return null;
    if (bound === null) return failed('not-found', 'There is no such connection any more.');
    if (bound.binding?.certificateId !== next.id || bound.connection.termsSha256 !== termsSha256)
      return failed('changed-meanwhile', 'Certificate or terms changed while the canary was made.');
    const looks: AddressLooks[] = [];
    for (const address of await addressesOf(bound)) {
      const keep = (record: HandshakeRecord): void => void records.push(record);
      looks.push({
        address,
        next: await lookWith(connectorId, bound, 'canary', address, keep),
        current: serving === null ? null : await lookWith(connectorId, serving, 'canary', address, keep),
      });
    }
    return {
      kind: 'canary',
      result: { ...about, ...verdictOf(looks), addresses: looks, differences: differencesIn(looks) },
    };
  } catch (error) {
    if (error instanceof BindingError || error instanceof DialError) return failed(error.code, error.message);
    throw error;
  } finally {
    if (records.length > 0) await insertHandshakes(store, jobScope(connectorId, swap.customerId), records);
  }
}

/** The next one, and the current one unless it may not be shown any more or cannot be bound. */
async function bindBoth(
  connector: SwappingConnector,
  { connectionId, customerId, facts }: StoredSwap,
): Promise<readonly [BoundConnection | null, BoundConnection | null]> {
  const payload = { connectionId, customerId };
  const isShown = facts.current !== null && !currentIsDead(facts);
  return Promise.all([bindConnection(connector, payload, 'next'), isShown ? bindConnection(connector, payload) : null]);
}

/**
 * Refused on one address is refused. An address that answers neither certificate is the network's matter, as long as
 * another one took the next.
 */
export function verdictOf(looks: readonly AddressLooks[]): {
  readonly verdict: CertificateLook['outcome'];
  readonly code: string | null;
  readonly message: string | null;
} {
  const refused = looks.find(({ next }) => next.outcome === 'refused');
  const onlyNextFails = looks.find(({ next, current }) => next.outcome === 'failed' && current?.outcome !== 'failed');
  const accepted = looks.some(({ next }) => next.outcome === 'accepted');
  const against = refused ?? onlyNextFails ?? (accepted ? undefined : looks[0]);
  if (against === undefined) return { verdict: 'accepted', code: null, message: null };
  const { outcome, code, message } = against.next;
  const where = against.address === null ? '' : `${against.address}: `;
  return { verdict: outcome, code, message: `${where}${message ?? 'no address was found.'}` };
}

/** In what the far side treats the two otherwise, in sentences. */
export function differencesIn(looks: readonly AddressLooks[]): string[] {
  return looks.flatMap(({ address, next, current }) => {
    if (current === null) return [];
    const where = address ?? 'Through the proxy';
    const told: string[] = [];
    for (const [name, what] of [
      ['outcome', 'outcome'],
      ['protocol', 'protocol'],
      ['suite', 'cipher suite'],
      ['httpStatus', 'HTTP status'],
      ['account', 'account'],
    ] as const)
      if (next[name] !== current[name])
        told.push(
          `${where}: ${what} ${next[name] ?? 'none'} with the next certificate, ${current[name] ?? 'none'} with the current one.`,
        );
    return told;
  });
}
