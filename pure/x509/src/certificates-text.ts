/** A text in which certificates may stand and nothing else: roots or a chain that somebody pasted, before anything of it is kept. */
import { readCertificate, type Certificate } from './certificate.ts';
import { readPem, writePem } from './pem.ts';
import { X509Error } from './x509-error.ts';

export type CertificatesText =
  | {
      readonly ok: true;
      readonly certificates: readonly Certificate[];
      /** These certificates, written anew: what stood around them may have been anything, and is not in it. */
      readonly pem: string;
    }
  /** A whole block of another kind, a private key perhaps; its content is nowhere in this answer. */
  | { readonly ok: false; readonly otherBlock: string; readonly error: null }
  | { readonly ok: false; readonly otherBlock: null; readonly error: X509Error };

/** In the order in which they stand; at least one. */
export function readCertificatesText(text: string): CertificatesText {
  try {
    const blocks = readPem(text);
    const other = blocks.find(({ label }) => label !== 'CERTIFICATE');
    if (other !== undefined) return { ok: false, otherBlock: other.label, error: null };
    const certificates = blocks.map(({ der }) => readCertificate(der));
    return { ok: true, certificates, pem: certificates.map(({ der }) => writePem('CERTIFICATE', der)).join('') };
  } catch (error) {
    if (error instanceof X509Error) return { ok: false, otherBlock: null, error };
    throw error;
  }
}
