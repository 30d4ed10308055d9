/** The certificate for localhost that is made where none was given, kept in the data directory. */
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerCertificate } from '@sallyport/http-api';
import { selfSigned } from './self-signed.ts';

const day = 86_400_000;
/** Below the 398 days that browsers accept. */
const lifeDays = 365;
const renewDays = 30;

/** Takes the kept one while it lasts 30 days more, else makes a new one. `now` is epoch milliseconds. */
export function ownCertificate(dataDirectory: string, now: number): ServerCertificate {
  const folder = join(dataDirectory, 'web');
  const certificatePath = join(folder, 'localhost.crt.pem');
  const keyPath = join(folder, 'localhost.key.pem');
  if (existsSync(certificatePath) && existsSync(keyPath)) {
    const kept = { certificatePem: readFileSync(certificatePath, 'utf8'), keyPem: readFileSync(keyPath, 'utf8') };
    if (endOf(kept.certificatePem) > now + renewDays * day) return kept;
  }
  const made = selfSigned(now - day, now + lifeDays * day);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writePrivately(keyPath, made.keyPem);
  writePrivately(certificatePath, made.certificatePem);
  return made;
}

/** Epoch milliseconds; 0 where the kept file is no certificate. */
function endOf(pem: string): number {
  try {
    return new X509Certificate(pem).validToDate.getTime();
  } catch {
    return 0;
  }
}

function writePrivately(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
