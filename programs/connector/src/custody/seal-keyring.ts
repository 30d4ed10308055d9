/** The keys of this connector as they are now: opening finds whichever a record is sealed to, also while they change. */
import type { SealKeyPair } from '@sallyport/store/open-sealed';
import { readOrMakeSealKeys, readSealKeys, writeSealKeys, type SealKeys } from './seal-key-file.ts';

export class SealKeyring implements SealKeyPair {
  readonly path: string;
  /** Handed in by the service manager: read once, and never written. */
  readonly isHandedIn: boolean;
  private keys: SealKeys;

  private constructor(path: string, isHandedIn: boolean, keys: SealKeys) {
    this.path = path;
    this.isHandedIn = isHandedIn;
    this.keys = keys;
  }

  static async open(path: string, isHandedIn: boolean): Promise<SealKeyring> {
    return new SealKeyring(path, isHandedIn, await readOrMakeSealKeys(path, !isHandedIn));
  }

  get id(): string {
    return this.keys.current.id;
  }

  get publicKey(): Uint8Array {
    return this.keys.current.publicKey;
  }

  get privateKey(): Uint8Array {
    return this.keys.current.privateKey;
  }

  /** All others that are held. */
  get older(): readonly SealKeyPair[] {
    const { older, next } = this.keys;
    return next === null ? older : [...older, next.key];
  }

  get held(): SealKeys {
    return this.keys;
  }

  /** Another process on this directory may have written. A file that is away or damaged leaves what is held. */
  async reread(): Promise<void> {
    this.keys = (await readSealKeys(this.path)) ?? this.keys;
  }

  async replace(keys: SealKeys): Promise<void> {
    await writeSealKeys(this.path, keys);
    this.keys = keys;
  }
}
