/**
 * Sealing to the connectors' public key: HPKE (RFC 9180) base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and
 * AES-256-GCM. Record, customer and purpose are bound in as associated data: a sealed record that is moved to another
 * place does not open. Who has the public key can seal; only who has the private key can open (`./open-sealed.ts`).
 */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';

export type SecretPurpose = 'client-key' | 'jira-credential' | 'proxy-credential' | 'certificate-upload';

/** Where a secret belongs; bound into it. */
export interface SecretBinding {
  readonly recordId: string;
  readonly customerId: string;
  readonly purpose: SecretPurpose;
}

/** Larger than any key or credential; RSA-8192 in PEM is 6.4 KB. */
export const greatestSecretBytes = 60_000;
/** Files of an upload in base64, with their password. */
const greatestUploadBytes = 900_000;

export const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

/** Encapsulated key (32 bytes), then the ciphertext. `publicKey` is the raw X25519 key. */
export async function seal(publicKey: Uint8Array, plaintext: string, binding: SecretBinding): Promise<Buffer> {
  const bytes = Buffer.from(plaintext, 'utf8');
  const greatest = binding.purpose === 'certificate-upload' ? greatestUploadBytes : greatestSecretBytes;
  if (bytes.length > greatest) throw new SecretTooLargeError(bytes.length, greatest);
  const recipientPublicKey = await suite.kem.deserializePublicKey(bufferOf(publicKey));
  const sender = await suite.createSenderContext({ recipientPublicKey });
  const ciphertext = await sender.seal(bufferOf(bytes), bindingBytes(binding));
  return Buffer.concat([Buffer.from(sender.enc), Buffer.from(ciphertext)]);
}

/** The associated data of a binding. */
export function bindingBytes({ recordId, customerId, purpose }: SecretBinding): ArrayBuffer {
  return bufferOf(Buffer.from(`sallyport-sealed-1\n${recordId}\n${customerId}\n${purpose}`, 'utf8'));
}

/** A copy in a buffer of its own: the library takes whole buffers. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

export class SecretTooLargeError extends Error {
  readonly code = 'secret-too-large';
  constructor(bytes: number, greatest: number) {
    super(`A secret of ${bytes} bytes is over the limit of ${greatest}.`);
  }
}
