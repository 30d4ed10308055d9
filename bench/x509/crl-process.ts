/** The process that is measured against `openssl crl`: the CRL from a file, read, indexed, its signature checked, one certificate looked up. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeCertificateRevocation, readCertificate, readCrl, utcInstant, validationPolicy } from '@sallyport/x509';

const folder = process.argv[2] ?? '.';
const entry = judgeCertificateRevocation({
  certificate: readCertificate(readFileSync(join(folder, 'leaf.der'))),
  issuer: readCertificate(readFileSync(join(folder, 'root.der'))),
  at: utcInstant('2026-06-15T12:00:00Z'),
  policy: validationPolicy('rfc5280'),
  revocation: { mode: 'hard', crls: [readCrl(readFileSync(join(folder, 'large.crl')))], ocspResponses: [] },
});
process.exit(entry.outcome === 'pass' ? 0 : 1);
