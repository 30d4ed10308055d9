/** What a secret may look like where it leaked: as it is, and in the encodings that it passes through. */
import { createPrivateKey } from 'node:crypto';

/** Of a text such as a token or a password. */
export function formsOfText(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  // Base64 depends on where in three bytes a text begins; the whole groups inside are always there.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [secret, ...hexadecimalOf(bytes), encodeURIComponent(secret), ...base64];
}

/** Bytes of a secret number that are looked for together: fewer could stand anywhere by chance. */
const windowBytes = 12;

/**
 * Of a private key in PEM: of each number that only its holder knows, in hexadecimal as a database, a dump or OpenSSL prints it, as
 * bytes, as a list of numbers, and in base64 wherever a line of PEM or a group of three bytes begins.
 */
export function formsOfKey(pem: string): string[] {
  const { d, p, q, dp, dq, qi } = createPrivateKey(pem).export({ format: 'jwk' });
  return [d, p, q, dp, dq, qi].flatMap((number) =>
    typeof number === 'string' ? formsOfBytes(Buffer.from(number, 'base64url')) : [],
  );
}

/** Of secret bytes. */
export function formsOfBytes(bytes: Buffer): string[] {
  const forms = [...hexadecimalOf(bytes.subarray(0, 32)), bytes.toString('latin1'), [...bytes.subarray(0, 16)].join()];
  for (let at = 0; at + windowBytes <= Math.min(bytes.length, 32); at++) {
    const window = bytes.subarray(at, at + windowBytes);
    forms.push(window.toString('base64'), window.toString('base64url'));
  }
  return [...new Set(forms)];
}

function hexadecimalOf(bytes: Buffer): string[] {
  const text = bytes.toString('hex');
  const groups = text.match(/../g) ?? [];
  return [text, text.toUpperCase(), groups.join(':'), groups.join(':').toUpperCase()];
}

/** The form that stands in a text; null where none does. */
export function formIn(forms: readonly string[], text: string): string | null {
  return forms.find((form) => text.includes(form)) ?? null;
}
