/** Files that the user names: read up to a limit, and no further. */
import { open } from 'node:fs/promises';
import { checkClientCertificate, DialError, publicAnchors, readAnchors } from '@sallyport/tls-dialer';
import type { ClientCertificate } from '@sallyport/tls-dialer';
import type { TrustAnchor } from '@sallyport/x509';
import { UsageError } from './check-arguments.ts';

/** Bytes of one file. */
const largestFile = 4 * 1024 * 1024;

/** @throws UsageError `file-unreadable`, `file-too-large` */
export async function readTextFile(path: string, what: string): Promise<string> {
  let length = 0;
  const buffer = Buffer.alloc(64 * 1024);
  const parts: Buffer[] = [];
  try {
    await using file = await open(path, 'r');
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
      if (length > largestFile)
        throw new UsageError('file-too-large', `The ${what} ${path} has more than ${largestFile} bytes.`);
      parts.push(Buffer.from(buffer.subarray(0, bytesRead)));
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as { code?: unknown };
    throw new UsageError('file-unreadable', `The ${what} ${path} cannot be read (${String(code)}).`);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** @throws UsageError also `anchors-malformed`, `anchors-too-large` */
export async function readAnchorsFile(path: string | null): Promise<readonly TrustAnchor[]> {
  if (path === null) return publicAnchors();
  const answer = readAnchors(await readTextFile(path, 'file of trust anchors'));
  if (!answer.ok) throw new UsageError(answer.code, answer.message);
  return answer.anchors;
}

/** @throws UsageError also `client-certificate-malformed`, `client-key-mismatch` */
export async function readClientFiles(
  files: { readonly certificate: string; readonly key: string } | null,
): Promise<ClientCertificate | null> {
  if (files === null) return null;
  const certificate = {
    certificatePem: await readTextFile(files.certificate, 'client certificate'),
    keyPem: await readTextFile(files.key, 'client key'),
  };
  try {
    checkClientCertificate(certificate);
  } catch (error) {
    if (error instanceof DialError) throw new UsageError(error.code, error.message);
    throw error;
  }
  return certificate;
}
