/** The roots that are given with a request or an upload: they are stored readable, so that nothing else may come in with them. */
import { readCertificate, readPem, writePem, X509Error } from '@sallyport/x509';
import { invalidFields } from '../api-problem.ts';

/** A private CA has a root, perhaps two while it changes them, and a handful where several are agreed on. */
const mostRoots = 20;

/** The certificates of the text and nothing else of it; null where none is given. @throws ApiProblem */
export function agreedRoots(anchorsPem: string | undefined): string | null {
  if (anchorsPem === undefined || anchorsPem.trim() === '') return null;
  const fault = (code: string, message: string): Error => invalidFields([{ path: 'anchorsPem', code, message }]);
  try {
    const blocks = readPem(anchorsPem);
    if (blocks.length > mostRoots) throw fault('roots-too-many', `At most ${mostRoots} roots, please.`);
    const other = blocks.find(({ label }) => label !== 'CERTIFICATE');
    if (other !== undefined)
      throw fault(
        'roots-unreadable',
        `A block of '${other.label}' is no certificate. Nothing was stored. Where it was a private key, it has left the place where it belongs: replace it.`,
      );
    for (const { der } of blocks) readCertificate(der);
    return blocks.map(({ der }) => writePem('CERTIFICATE', der)).join('');
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    throw fault('roots-unreadable', `The roots cannot be read: ${error.reason}. Give them in PEM.`);
  }
}
