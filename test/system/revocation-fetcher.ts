/** A process that fetches into a folder and says what came of it: `FOLDER INSTANT [BYTES OF A FILE]`. Started by revocation-folder.test.ts. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { lockFiles, openRevocationFolder } from '@sallyport/revocation-fetch';
import { judgeCertificateRevocation, readCertificate, utcInstant, validationPolicy } from '@sallyport/x509';

const [folder = '', at = '0', fileBytes = ''] = process.argv.slice(2);
const fromEnvironment = (name: string) => readCertificate(Buffer.from(process.env[name] ?? '', 'base64'));
const issuer = fromEnvironment('ISSUER');
const certificate = fromEnvironment('CERTIFICATE');
const opened = openRevocationFolder({ folder, lock: lockFiles(join(folder, 'locks')), clock: () => Number(at) });
const data = opened.forConnection({ proxy: null, allowPrivate: true });

// The write fails in its midst, as on a full disk (EFBIG).
if (fileBytes !== '') {
  process.on('SIGXFSZ', () => undefined);
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${fileBytes}`]);
}

const { sources } = await data.fetch([certificate], [issuer], AbortSignal.timeout(20_000));
const { outcome } = judgeCertificateRevocation({
  certificate,
  issuer,
  at: utcInstant(Number(at)),
  policy: validationPolicy('rfc5280'),
  revocation: { mode: 'hard', ...data.held([certificate], utcInstant(Number(at))) },
});
process.send?.({ code: sources[0]?.code, outcome });
opened.close();
