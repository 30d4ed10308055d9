/** The roots that are given with a request or an upload: they are stored readable, so that nothing else may come in with them. */
import { readCertificatesText } from '@sallyport/x509';
import { invalidFields } from '../api-problem.ts';
import { noCertificate } from '../no-certificate.ts';

/** A private CA has a root, perhaps two while it changes them, and a handful where several are agreed on. */
const mostRoots = 20;

/** The certificates of the text and nothing else of it; null where none is given. @throws ApiProblem */
export function agreedRoots(anchorsPem: string | undefined): string | null {
  if (anchorsPem === undefined || anchorsPem.trim() === '') return null;
  const fault = (code: string, message: string): Error => invalidFields([{ path: 'anchorsPem', code, message }]);
  const read = readCertificatesText(anchorsPem);
  if (read.ok) {
    if (read.certificates.length > mostRoots) throw fault('roots-too-many', `At most ${mostRoots} roots, please.`);
    return read.pem;
  }
  throw fault(
    'roots-unreadable',
    read.error === null
      ? noCertificate(read.otherBlock)
      : `The roots cannot be read: ${read.error.reason}. Give them in PEM.`,
  );
}
