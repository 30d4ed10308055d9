/** The measured process: `node crl-process.ts FOLDER ISSUER URL COUNT` fetches COUNT CRLs, answers from each, and prints what that took as JSON. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFiles, openRevocationFolder } from '@sallyport/revocation-fetch';
import { DistinguishedName, readCertificate, utcInstant } from '@sallyport/x509';
import type { Certificate } from '@sallyport/x509';
import { largeCrlSerial } from '../../pure/x509/generate/crl-author.ts';
import { benchInstant, certificateNaming, issuerName } from './crl-authority.ts';

const [folder = '', issuerFile = '', url = '', count = '1'] = process.argv.slice(2);
const { publicKey } = readCertificate(readFileSync(issuerFile));
const numbers = Array.from({ length: Number(count) }, (_, number) => number);
const certificates = numbers.map((number) => certificateNaming(`${url}/${number}.crl`, number));
const issuers = numbers.map((number) => ({ subject: new DistinguishedName(issuerName(number)), publicKey }));
const opened = openRevocationFolder({ folder, lock: lockFiles(join(folder, 'locks')), clock: () => benchInstant });
const data = opened.forConnection({ proxy: null, allowPrivate: true });
const serial = largeCrlSerial(7);

function answers(certificate: Certificate): boolean {
  const { crls } = data.held([certificate], utcInstant(benchInstant));
  return crls.some((crl) => !(crl instanceof Uint8Array) && crl.findOf(serial, certificate.issuer) !== null);
}

const started = performance.now();
const { sources } = await data.fetch(certificates, issuers, AbortSignal.timeout(100_000));
const failed = sources.find(({ code }) => code !== 'ok');
if (failed !== undefined) throw new Error(`${failed.code}: ${failed.message}`);
if (!certificates.every(answers)) throw new Error('a CRL that was fetched does not answer');
const milliseconds = performance.now() - started;
const again = performance.now();
for (const certificate of certificates) answers(certificate);
const lookUpMilliseconds = (performance.now() - again) / certificates.length;
process.stdout.write(
  JSON.stringify({ milliseconds, lookUpMilliseconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 }),
);
opened.close();
