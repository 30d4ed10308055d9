/** Authorities of the benches: certificates that name CRLs at a near server, and CRLs of any size for them. */
import { commonName, keyNamed, writeCertificate } from '../../pure/x509/vectors/certificate-author.ts';
import { distributionPoints, largeCrlSerial, writeCrl } from '../../pure/x509/generate/crl-author.ts';
import type { Bytes } from '../../pure/x509/vectors/der-writer.ts';
import { element, time } from '../../pure/x509/vectors/der-writer.ts';
import { readCertificate } from '@sallyport/x509';
import type { Certificate } from '@sallyport/x509';

/** In the window of the CRLs that the author writes. */
export const benchInstant = Date.parse('2026-06-10T00:00:00Z');

export const issuerName = (number: number): Bytes => commonName(`Bench CA ${number}`);

/** The certificate of an authority, with the key that signs all CRLs of this process. */
export function writeIssuer(number: number): Uint8Array {
  const subject = issuerName(number);
  return writeCertificate({ subject, issuer: subject, key: keyNamed('bench'), signer: keyNamed('bench') });
}

/** A certificate of that authority which names its CRL at this address. */
export function certificateNaming(url: string, number: number): Certificate {
  return readCertificate(
    writeCertificate({
      subject: commonName('Server'),
      issuer: issuerName(number),
      key: keyNamed('server'),
      signer: keyNamed('bench'),
      extensions: [distributionPoints({ uri: url })],
    }),
  );
}

/** The list of a CRL, to be signed for any authority. */
export function entriesOf(count: number): Bytes {
  const date = time('2026-02-01T00:00:00Z');
  const entryBytes = 24 + date.length;
  const list = new Uint8Array(count * entryBytes);
  for (let index = 0; index < count; index++) {
    const at = index * entryBytes;
    list.set([0x30, entryBytes - 2, 0x02, 20], at);
    list.set(largeCrlSerial(index), at + 4);
    list.set(date, at + 24);
  }
  return element(0x30, list);
}

/** A CRL of that authority, in its window at `benchInstant`. */
export function writeBenchCrl(number: number, entryBytes: Bytes): Uint8Array {
  return writeCrl({ issuer: issuerName(number), signer: keyNamed('bench'), entryBytes });
}
