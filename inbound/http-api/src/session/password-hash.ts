/** argon2id through a kept library; parameters of RFC 9106 §4's second choice, scaled as OWASP does for web servers. */
import { hash, verify, type Options } from '@node-rs/argon2';

const parameters = {
  // A const enum of the library: 2 is Argon2id.
  algorithm: 2 as Options['algorithm'],
  /** KiB. */
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** The PHC string, with salt and parameters. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), parameters);
}

/** Verified against when nobody has that address, so that both answers take the same time. */
let nobodysHash: Promise<string> | null = null;

/** `stored` null: nobody has that address; the answer is false and takes as long. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody has this password');
  const matches = await verify(stored ?? (await nobodysHash), password.normalize('NFKC'));
  return stored !== null && matches;
}
