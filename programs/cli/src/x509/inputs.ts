/** Files that the arguments name, read; and the values that several verbs share. */
import { X509Error, privateAuthorityRules, utcInstant, validationPolicy } from '@sallyport/x509';
import type { Certificate, Crl, UtcInstant, ValidationPolicy } from '@sallyport/x509';
import { readInput } from './input-objects.ts';
import type { InputObject } from './input-objects.ts';
import type { X509Io } from './io.ts';
import { UsageError } from './options.ts';
import type { Arguments } from './options.ts';

/** Bytes; larger files are not read. */
const maximumFileBytes = 1024 * 1024 * 1024;

export class Inputs {
  /** The file that was read last, for messages. */
  lastSource = 'the standard input';
  private readonly args: Arguments;
  private readonly io: X509Io;
  private standardInputTaken = false;

  constructor(args: Arguments, io: X509Io) {
    this.args = args;
    this.io = io;
  }

  /** All that a file holds. @throws UsageError where it cannot be opened, X509Error */
  objects(file: string, expected: InputObject['kind'] | null = null): readonly InputObject[] {
    return readInput(this.bytes(file), this.password(), expected);
  }

  certificates(files: readonly string[]): readonly Certificate[] {
    return files.flatMap((file) =>
      this.objects(file, 'certificate').flatMap((one) => (one.kind === 'certificate' ? [one.certificate] : [])),
    );
  }

  /** Like `certificates`; what cannot be read in a file of DER or PEM is the file's error. */
  oneCertificate(file: string): Certificate {
    const [certificate] = this.certificates([file]);
    if (certificate === undefined) throw new X509Error('X509_PEM_NO_BLOCK', 0, 'no certificate in the file');
    return certificate;
  }

  crls(files: readonly string[]): readonly Crl[] {
    return files.flatMap((file) => {
      const crls = this.objects(file, 'crl').flatMap((one) => (one.kind === 'crl' ? [one.crl] : []));
      if (crls.length === 0) throw new X509Error('X509_PEM_NO_BLOCK', 0, 'no CRL in the file');
      return crls;
    });
  }

  ocspResponses(files: readonly string[]): readonly Uint8Array[] {
    return files.flatMap((file) =>
      this.objects(file, 'ocsp-response').flatMap((one) => (one.kind === 'ocsp-response' ? [one.der] : [])),
    );
  }

  /** --at, or now. */
  at(): UtcInstant {
    const text = this.args.one('at');
    if (text === null) return utcInstant(this.io.now());
    try {
      return utcInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
    } catch (error) {
      if (error instanceof X509Error) throw new UsageError(`--at ${text}: ${error.reason}`);
      throw error;
    }
  }

  /** A number of seconds as milliseconds; null where the option is absent. */
  seconds(name: string): number | null {
    const text = this.args.one(name);
    if (text === null) return null;
    if (!/^\d{1,10}$/.test(text)) throw new UsageError(`--${name} ${text}: a whole number of seconds is needed`);
    return Number(text) * 1000;
  }

  /** One of several words. */
  choice<T extends string>(name: string, choices: readonly T[], otherwise: T): T {
    const text = this.args.one(name);
    if (text === null) return otherwise;
    const choice = choices.find((one) => one === text);
    if (choice === undefined) throw new UsageError(`--${name} ${text}: one of ${choices.join(', ')} is needed`);
    return choice;
  }

  /**
   * `rfc5280` by default, but for key identifiers, which files made by hand often lack and which protect nobody; `private`
   * leaves out further duties of issuers; `webpki` asks for those of the CA/Browser Forum.
   */
  policy(): ValidationPolicy {
    const profile = this.choice('profile', ['rfc5280', 'webpki', 'private'], 'rfc5280');
    if (profile === 'webpki') return validationPolicy('webpki');
    const relaxed = { keyIdentifiers: false };
    if (profile === 'rfc5280') return validationPolicy('rfc5280', { rules: relaxed });
    return validationPolicy('rfc5280', { rules: { ...privateAuthorityRules, ...relaxed } });
  }

  bytes(file: string): Uint8Array {
    this.lastSource = file === '-' ? 'the standard input' : file;
    if (file === '-' && this.standardInputTaken) throw new UsageError('the standard input can be read once');
    if (file === '-') this.standardInputTaken = true;
    let bytes: Uint8Array;
    try {
      bytes = this.io.read(file);
    } catch (error) {
      throw new UsageError(
        `${this.lastSource} cannot be read: ${error instanceof Error ? error.message : 'unknown'}`,
        'FILE_NOT_READABLE',
      );
    }
    if (bytes.length > maximumFileBytes)
      throw new X509Error('X509_INPUT_TOO_LARGE', maximumFileBytes, 'a file beyond 1 GiB');
    return bytes;
  }

  private password(): string {
    const file = this.args.one('password-file');
    if (file === null) return this.args.one('password') ?? '';
    try {
      return Buffer.from(this.io.read(file))
        .toString('utf8')
        .replace(/\r?\n$/, '');
    } catch {
      throw new UsageError(`the password file ${file} cannot be read`, 'FILE_NOT_READABLE');
    }
  }
}
