/** Opening what was sealed. Its own entry of the package: the direction check lets only the connector import it. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { inScope, type Store } from './open-store.ts';
import { bindingBytes, bufferOf, suite, type SecretBinding, type SecretPurpose } from './secrets/seal.ts';
import type { Scope } from './scope.ts';

/** A connector's key pair; the private half is raw, 32 bytes. */
export interface SealKeyPair {
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
  /** Keys from before, as long as something may be sealed to them. */
  readonly older?: readonly SealKeyPair[];
}

export {
  insertSealedCopy,
  leaveRetiringKeys,
  recordHeldKeys,
  replaceSealKey,
  retireEmptyKeys,
  secretsToCopy,
  someLackKey,
  statesOfKeys,
} from './secrets/reseal.ts';

/** The sealed record is for another key, was changed, or was moved from where it belongs. */
export class SealedSecretError extends Error {
  readonly code = 'sealed-secret-not-opened';
  constructor(message: string) {
    super(message);
  }
}

export async function makeSealKeyPair(): Promise<SealKeyPair> {
  const pair = await suite.kem.generateKeyPair();
  const publicKey = new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey));
  const privateKey = new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey));
  return { id: sealKeyId(publicKey), publicKey, privateKey };
}

/** First 16 hexadecimal digits of the public key's SHA-256. */
export function sealKeyId(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 16);
}

/** Opens one sealed value. Throws `SealedSecretError`; the message tells nothing of the content. */
export async function openSealed(key: SealKeyPair, sealed: Uint8Array, binding: SecretBinding): Promise<string> {
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(bufferOf(key.privateKey));
    const recipient = await suite.createRecipientContext({ recipientKey, enc: bufferOf(sealed.subarray(0, 32)) });
    const plaintext = await recipient.open(bufferOf(sealed.subarray(32)), bindingBytes(binding));
    return Buffer.from(plaintext).toString('utf8');
  } catch {
    throw new SealedSecretError('A sealed record does not open with this key in this place.');
  }
}

/** Registers the public half so that others can seal to it. */
export async function registerSealKey(store: Store, key: Pick<SealKeyPair, 'id' | 'publicKey'>): Promise<void> {
  await sql`insert into seal_key (id, public_key) values (${key.id}, ${Buffer.from(key.publicKey)}) on conflict (id) do nothing`.execute(
    store.db,
  );
}

/** A new record is sealed to one key; connectors that hold it make the copies for the others, once in some seconds. */
const copiedSeconds = 8;
const lookMilliseconds = 250;

/**
 * Reads and opens a secret by its id within the scope, by whichever of the held keys it is sealed to. A record that is new is
 * waited for until its copy for this connector is made, some seconds at most. @throws SealedSecretError
 */
export async function openSecret(store: Store, scope: Scope, key: SealKeyPair, id: string): Promise<string> {
  for (;;) {
    // Before and after: a key may be taken up or forgotten while the record is read.
    const held = heldBy(key);
    const forms = await formsOf(store, scope, id);
    for (const [keyId, one] of heldBy(key)) held.set(keyId, one);
    const [first] = forms;
    if (first === undefined) throw new SealedSecretError('There is no such sealed record.');
    const form = forms.find(({ sealKeyId }) => held.has(sealKeyId));
    const opener = held.get(form?.sealKeyId ?? '');
    if (form !== undefined && opener !== undefined)
      return openSealed(opener, form.sealed, { recordId: id, customerId: form.customerId, purpose: form.purpose });
    if (!first.isNew)
      throw new SealedSecretError(`The record is sealed to key ${first.sealKeyId}; this connector has key ${key.id}.`);
    await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
  }
}

function heldBy(key: SealKeyPair): Map<string, SealKeyPair> {
  return new Map([key, ...(key.older ?? [])].map((one) => [one.id, one]));
}

interface SealedForm {
  readonly customerId: string;
  readonly purpose: SecretPurpose;
  readonly sealKeyId: string;
  readonly sealed: Buffer;
  /** So new that its copies may still be on their way. */
  readonly isNew: boolean;
}

function formsOf(store: Store, scope: Scope, id: string): Promise<SealedForm[]> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<SealedForm>`
      select s.customer_id as "customerId", s.purpose, f.seal_key_id as "sealKeyId", f.sealed,
        abs(extract(epoch from clock_timestamp() - s.created_at)) < ${copiedSeconds} as "isNew"
      from sealed_secret s cross join lateral (
        select s.seal_key_id, s.sealed union all select c.seal_key_id, c.sealed from sealed_copy c where c.secret_id = s.id) f
      where s.id = ${id}`.execute(tx);
    return rows;
  });
}
