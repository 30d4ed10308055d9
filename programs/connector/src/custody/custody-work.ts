/**
 * Custody while running. Each turn: the key file is read again, what current keys lack is sealed for them, a rotation that
 * was asked for goes one step on, and a key to which nothing is sealed any more is retired and forgotten.
 */
import { housekeepingScope, sealSecretAs, takeLease } from '@sallyport/store';
import {
  insertSealedCopy,
  leaveRetiringKeys,
  makeSealKeyPair,
  openSealed,
  recordHeldKeys,
  registerSealKey,
  replaceSealKey,
  retireEmptyKeys,
  SealedSecretError,
  secretsToCopy,
  someLackKey,
  statesOfKeys,
  type SealKeyPair,
} from '@sallyport/store/open-sealed';
import type { Connector } from '../connector.ts';
import { heldKeys } from '../certificates/intake-job.ts';
import type { SealKeyring } from './seal-keyring.ts';

/** Every process on the directory reads the file in each turn; after this long all hold a key that was written. */
export const custodyMilliseconds = 2_000;
const settleMilliseconds = 3 * custodyMilliseconds;
const leaseSeconds = 30;

export type CustodyConnector = Pick<Connector, 'store' | 'connectorId' | 'log'> & { readonly sealKey: SealKeyring };

/** @param now epoch milliseconds */
export async function keepCustody(connector: CustodyConnector, now: number): Promise<void> {
  const { store, connectorId, sealKey } = connector;
  if (!sealKey.isHandedIn) await sealKey.reread();
  await recordHeldKeys(
    store,
    connectorId,
    heldKeys(sealKey).map(({ id }) => id),
  );
  await sealWhatIsMissing(connector);
  // One connector at a time moves records and keys; the others only read.
  if ((await takeLease(store, { name: 'seal-keys', holder: connectorId, seconds: leaseSeconds })) !== null) {
    const scope = housekeepingScope(`connector:${connectorId}`);
    const moved = await leaveRetiringKeys(store, scope);
    const retired = await retireEmptyKeys(store, scope);
    if (moved > 0 || retired.length > 0) connector.log.info({ event: 'seal-key.left', records: moved, retired });
  }
  const name = `seal-key-file:${sealKey.id}`;
  if ((await takeLease(store, { name, holder: connectorId, seconds: leaseSeconds })) === null) return;
  // Another may have written since: what is written now begins with what stands there.
  if (!sealKey.isHandedIn) await sealKey.reread();
  await stepRotation(connector, now);
  await forgetRetired(connector);
}

/** Records that did not open, by id: told once, and in nobody’s way. */
const damaged = new Set<string>();

/** What one of our keys opens, and a current key has no copy of. */
async function sealWhatIsMissing({ store, connectorId, sealKey, log }: CustodyConnector): Promise<void> {
  const scope = housekeepingScope(`connector:${connectorId}`);
  const held = new Map(heldKeys(sealKey).map((key) => [key.id, key]));
  for (;;) {
    const secrets = await secretsToCopy(store, scope, [...held.keys()], [...damaged]);
    let sealed = 0;
    for (const { id, customerId, purpose, sealKeyId, sealed: form, missing } of secrets) {
      const key = held.get(sealKeyId);
      if (key === undefined) continue;
      try {
        const plaintext = await openSealed(key, form, { recordId: id, customerId, purpose });
        const copy = await sealSecretAs(missing, { recordId: id, customerId, purpose }, plaintext);
        await insertSealedCopy(store, scope, { secretId: id, customerId, sealKeyId: missing.id, sealed: copy });
        sealed++;
      } catch (error) {
        if (!(error instanceof SealedSecretError)) throw error;
        // Changed in the database: it opens nowhere any more, and keeps its key from being retired until somebody looks.
        damaged.add(id);
        log.error({ event: 'sealed-secret.damaged', secretId: id, sealKeyId });
      }
    }
    if (sealed > 0) log.info({ event: 'sealed-secret.copied', records: sealed });
    if (sealed === 0) return;
  }
}

/** Asked for → the next key is written; written long enough → it is registered and takes over. */
async function stepRotation({ store, connectorId, sealKey, log }: CustodyConnector, now: number): Promise<void> {
  const { current, older, next } = sealKey.held;
  const scope = housekeepingScope(`connector:${connectorId}`);
  if (sealKey.isHandedIn) {
    // The new file names the keys from before: they give way to the one it begins with, when all have it.
    for (const { id, state } of await statesOfKeys(
      store,
      older.map((key) => key.id),
    ))
      if (
        state === 'current' &&
        !(await someLackKey(store, id, current.id)) &&
        (await replaceSealKey(store, scope, id, publicHalf(current)))
      )
        log.info({ event: 'seal-key.replaced', from: id, to: current.id });
    return;
  }
  if (next === null) {
    const [state] = await statesOfKeys(store, [current.id]);
    // One that was taken out of use while its connectors were away is replaced, too.
    if (state === undefined || (state.state === 'current' && !state.rotationAsked)) return;
    await sealKey.replace({ current, older, next: { key: await makeSealKeyPair(), madeAt: now } });
    return;
  }
  if (now - next.madeAt < settleMilliseconds || (await someLackKey(store, current.id, next.key.id))) return;
  await replaceSealKey(store, scope, current.id, publicHalf(next.key));
  // Where it was replaced already, this process died between the two.
  await sealKey.replace({ current: next.key, older: [current, ...older], next: null });
  log.info({ event: 'seal-key.replaced', from: current.id, to: next.key.id });
}

/** A retired key opens nothing any more: its private half goes. */
async function forgetRetired({ store, sealKey, log }: CustodyConnector): Promise<void> {
  const { current, older, next } = sealKey.held;
  if (sealKey.isHandedIn || older.length === 0) return;
  const states = await statesOfKeys(
    store,
    older.map(({ id }) => id),
  );
  const retired = new Set(states.filter(({ state }) => state === 'retired').map(({ id }) => id));
  if (retired.size === 0) return;
  await sealKey.replace({ current, older: older.filter(({ id }) => !retired.has(id)), next });
  log.info({ event: 'seal-key.forgotten', keys: [...retired] });
}

function publicHalf({ id, publicKey }: SealKeyPair): { readonly id: string; readonly publicKey: Buffer } {
  return { id, publicKey: Buffer.from(publicKey) };
}

/** At the start: others may seal to it. One that was replaced is not registered anew. */
export async function registerHeldKey({ store, connectorId, sealKey }: Omit<CustodyConnector, 'log'>): Promise<void> {
  await registerSealKey(store, sealKey);
  await recordHeldKeys(
    store,
    connectorId,
    heldKeys(sealKey).map(({ id }) => id),
  );
}
