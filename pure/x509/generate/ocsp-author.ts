/** Makes OCSP responses with any responder, window and defect. */
import { createHash, sign } from 'node:crypto';
import type { AuthorKey, ExtensionSpec } from '../vectors/certificate-author.ts';
import { ecdsaSha256, extension } from '../vectors/certificate-author.ts';
import type { Bytes } from '../vectors/der-writer.ts';
import { bits, element, hex, none, objectIdentifier, octets, sequence } from '../vectors/der-writer.ts';
import { generalizedTime } from './crl-author.ts';

const hashIdentifiers = { sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1' } as const;

export interface CertificateIdSpec {
  readonly issuer: Bytes;
  readonly issuerKey: AuthorKey;
  /** Content of the INTEGER. */
  readonly serial: Bytes;
  readonly hash?: keyof typeof hashIdentifiers;
}

export interface SingleSpec extends CertificateIdSpec {
  readonly status?: 'good' | 'revoked' | 'unknown';
  readonly reason?: number;
  readonly thisUpdate?: string;
  /** Null leaves it out. */
  readonly nextUpdate?: string | null;
  readonly extensions?: readonly ExtensionSpec[];
}

export interface ResponseSpec {
  readonly signer: AuthorKey;
  /** Name, or key whose SHA-1 names the responder. */
  readonly responder: { readonly name: Bytes } | { readonly key: AuthorKey };
  readonly singles: readonly SingleSpec[];
  readonly certificates?: readonly Bytes[];
  readonly extensions?: readonly ExtensionSpec[];
  readonly algorithm?: Bytes;
  readonly signature?: Bytes;
}

/** Content of the BIT STRING of a SubjectPublicKeyInfo of the author's keys, all of which have one of fewer than 64 kB at the end. */
export function keyBits({ spki }: AuthorKey): Bytes {
  const reader = { at: 0 };
  const header = (): number => {
    const length = spki[reader.at + 1] ?? 0;
    const wide = length < 0x80 ? 0 : length & 0x7f;
    let value = wide === 0 ? length : 0;
    for (let index = 0; index < wide; index++) value = value * 256 + (spki[reader.at + 2 + index] ?? 0);
    reader.at += 2 + wide;
    return value;
  };
  header();
  const algorithm = header();
  reader.at += algorithm;
  header();
  return spki.subarray(reader.at + 1);
}

export function certificateId({ issuer, issuerKey, serial, hash = 'sha1' }: CertificateIdSpec): Bytes {
  const digest = (bytes: Bytes): Bytes => new Uint8Array(createHash(hash).update(bytes).digest());
  return sequence(
    sequence(objectIdentifier(hashIdentifiers[hash]), hex('0500')),
    octets(digest(issuer)),
    octets(digest(keyBits(issuerKey))),
    element(0x02, serial),
  );
}

export const nonceExtension = (value: Bytes): ExtensionSpec => ({ type: '1.3.6.1.5.5.7.48.1.2', value: octets(value) });

function single(spec: SingleSpec): Bytes {
  const {
    status = 'good',
    reason,
    thisUpdate = '2026-06-01T00:00:00Z',
    nextUpdate = '2026-06-20T00:00:00Z',
    extensions = [],
  } = spec;
  const revoked = (): Bytes =>
    element(
      0xa1,
      generalizedTime('2026-02-01T00:00:00Z'),
      reason === undefined ? none : element(0xa0, element(0x0a, Uint8Array.of(reason))),
    );
  return sequence(
    certificateId(spec),
    status === 'good' ? element(0x80) : status === 'unknown' ? element(0x82) : revoked(),
    generalizedTime(thisUpdate),
    nextUpdate === null ? none : element(0xa0, generalizedTime(nextUpdate)),
    extensions.length === 0 ? none : element(0xa1, sequence(...extensions.map(extension))),
  );
}

export function writeOcspResponse(spec: ResponseSpec): Bytes {
  const { responder, extensions = [], certificates = [] } = spec;
  const identifier =
    'name' in responder
      ? element(0xa1, responder.name)
      : element(0xa2, octets(new Uint8Array(createHash('sha1').update(keyBits(responder.key)).digest())));
  const tbs = sequence(
    identifier,
    generalizedTime('2026-06-01T00:00:00Z'),
    sequence(...spec.singles.map(single)),
    extensions.length === 0 ? none : element(0xa1, sequence(...extensions.map(extension))),
  );
  const signature = spec.signature ?? new Uint8Array(sign('sha256', tbs, spec.signer.privateKey));
  const basic = sequence(
    tbs,
    spec.algorithm ?? ecdsaSha256,
    bits(signature),
    certificates.length === 0 ? none : element(0xa0, sequence(...certificates)),
  );
  return ocspEnvelope(0, basic);
}

/** Status alone, or with a basic response. */
export function ocspEnvelope(status: number, basic: Bytes | null = null): Bytes {
  const code = element(0x0a, Uint8Array.of(status));
  if (basic === null) return sequence(code);
  return sequence(code, element(0xa0, sequence(objectIdentifier('1.3.6.1.5.5.7.48.1.1'), octets(basic))));
}
