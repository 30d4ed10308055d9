/** An upload, opened: what its files hold, and which certificate in them is meant. Nothing is judged here but the files. */
import { createHash } from 'node:crypto';
import { KeyFileError, readKeyFile, RoundBudget, type PrivateKeyFile } from '@sallyport/key-files';
import { intakeFinding, type CertificateKind, type IntakeFinding } from '@sallyport/lifecycle';
import { X509Error, type Certificate } from '@sallyport/x509';

/** What the web tier sealed, as it was received. */
export interface UploadContent {
  readonly password: string | null;
  readonly files: readonly { readonly name: string; readonly base64: string }[];
}

export interface OpenedUpload {
  /** Each once. */
  readonly certificates: readonly Certificate[];
  readonly keys: readonly PrivateKeyFile[];
  readonly faults: readonly IntakeFinding[];
}

/** Rounds of key derivations for all files together: some two seconds of this process. */
const mostRounds = 2_000_000;

/** @throws SyntaxError where the sealed text is none of ours */
export function readUpload(text: string): UploadContent {
  const read = JSON.parse(text) as Partial<UploadContent>;
  if (!Array.isArray(read.files)) throw new SyntaxError('an upload without files');
  const files = (read.files as Partial<UploadContent['files'][number]>[]).map(({ name, base64 }) => ({
    name: String(name ?? ''),
    base64: String(base64 ?? ''),
  }));
  return { password: typeof read.password === 'string' ? read.password : null, files };
}

/** Reads every file; one that cannot be read is told, and the others are read all the same. */
export function openUpload({ password, files }: UploadContent, kind: CertificateKind): OpenedUpload {
  const budget = new RoundBudget(mostRounds);
  const certificates = new Map<string, Certificate>();
  const keys = new Map<string, PrivateKeyFile>();
  const faults: IntakeFinding[] = [];
  for (const { name, base64 } of files) {
    try {
      const content = readKeyFile(new Uint8Array(Buffer.from(base64, 'base64')), password, budget);
      for (const one of content.certificates) certificates.set(one.sha256, one);
      for (const one of content.keys) keys.set(publicKeySha256(one.publicKeyDer), one);
    } catch (error) {
      if (!(error instanceof KeyFileError)) throw error;
      faults.push(
        intakeFinding({
          topic: 'file',
          code: error.code,
          severity: 'blocks',
          message: `${name === '' ? 'A file' : name}: ${error.message}.`,
          actor: kind === 'customer-custom' ? 'customer' : 'operator',
        }),
      );
    }
  }
  return { certificates: [...certificates.values()], keys: [...keys.values()], faults };
}

/** SHA-256 of a SubjectPublicKeyInfo: by it certificates, keys and requests find each other. */
export function publicKeySha256(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

/** Of certificates with one key the newest: an export may hold the one before, too. */
export function newestOf(certificates: readonly Certificate[]): Certificate | undefined {
  return certificates.toSorted((one, other) => other.notBefore - one.notBefore)[0];
}

/** Those that may be meant where no key says which: no authorities, and nobody’s issuer. */
export function endEntitiesIn(certificates: readonly Certificate[]): readonly Certificate[] {
  return certificates.filter(
    (one) => !isAuthority(one) && !certificates.some((other) => other !== one && other.issuer.equals(one.subject)),
  );
}

function isAuthority({ extensions }: Certificate): boolean {
  try {
    return extensions.basicConstraints?.ca === true;
  } catch (error) {
    if (error instanceof X509Error) return false;
    throw error;
  }
}
