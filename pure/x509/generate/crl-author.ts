/** Makes CRLs with any scope and any defect, signed by keys of the certificate author. */
import { sign } from 'node:crypto';
import type { AuthorKey, ExtensionSpec } from '../vectors/certificate-author.ts';
import { commonName, ecdsaSha256, extension, keyNamed } from '../vectors/certificate-author.ts';
import type { Bytes } from '../vectors/der-writer.ts';
import { ascii, bits, boolean, concat, element, integer, none, octets, sequence, time } from '../vectors/der-writer.ts';

export interface EntrySpec {
  /** Content of the INTEGER. */
  readonly serial: Bytes;
  readonly date?: Bytes;
  readonly extensions?: readonly ExtensionSpec[];
}

export interface CrlSpec {
  readonly issuer: Bytes;
  readonly signer: AuthorKey;
  /** INTEGER element; absent: version 2; `none`: version 1. */
  readonly version?: Bytes;
  readonly thisUpdate?: Bytes;
  /** `none` leaves it out. */
  readonly nextUpdate?: Bytes;
  readonly entries?: readonly EntrySpec[];
  /** Replaces the list of entries. */
  readonly entryBytes?: Bytes;
  /** Default: a CRL number 10. */
  readonly extensions?: readonly ExtensionSpec[];
  readonly algorithm?: Bytes;
  readonly outerAlgorithm?: Bytes;
  readonly signature?: Bytes;
}

export const crlNumber = (number: number, critical = false): ExtensionSpec => ({
  type: '2.5.29.20',
  critical,
  value: integer(number),
});
export const deltaOf = (base: number, critical = true): ExtensionSpec => ({
  type: '2.5.29.27',
  critical,
  value: integer(base),
});
export const reasonCode = (code: number): ExtensionSpec => ({
  type: '2.5.29.21',
  value: element(0x0a, Uint8Array.of(code)),
});
export const invalidityDate = (iso: string): ExtensionSpec => ({ type: '2.5.29.24', value: generalizedTime(iso) });
export const certificateIssuer = (name: Bytes): ExtensionSpec => ({
  type: '2.5.29.29',
  critical: true,
  value: sequence(element(0xa4, name)),
});
export const unknownExtension = (critical: boolean): ExtensionSpec => ({
  type: '1.3.6.1.4.1.55555.1',
  critical,
  value: octets(),
});

export interface IssuingPointSpec {
  readonly uri?: string;
  /** A relative name instead: SET content. */
  readonly relative?: Bytes;
  readonly directory?: Bytes;
  readonly only?: 'user' | 'ca' | 'attribute';
  readonly alsoOnly?: 'user' | 'ca' | 'attribute';
  /** Bits of ReasonFlags. */
  readonly reasons?: readonly number[];
  readonly indirect?: boolean;
  readonly critical?: boolean;
}

const onlyTags = { user: 0x81, ca: 0x82, attribute: 0x85 } as const;

export function issuingDistributionPoint(spec: IssuingPointSpec): ExtensionSpec {
  const name = pointName(spec);
  const only: readonly number[] = [spec.only, spec.alsoOnly].flatMap((kind) =>
    kind === undefined ? [] : [onlyTags[kind]],
  );
  const flag = (tag: number): Bytes => (only.includes(tag) ? element(tag, Uint8Array.of(0xff)) : none);
  return {
    type: '2.5.29.28',
    critical: spec.critical ?? true,
    value: sequence(
      name === null ? none : element(0xa0, name),
      flag(0x81),
      flag(0x82),
      spec.reasons === undefined ? none : reasonFlags(0x83, spec.reasons),
      spec.indirect === true ? element(0x84, boolean(true).subarray(2)) : none,
      flag(0x85),
    ),
  };
}

export interface PointSpec extends Pick<IssuingPointSpec, 'uri' | 'relative' | 'directory' | 'reasons'> {
  readonly crlIssuer?: Bytes;
}

/** cRLDistributionPoints of a certificate. */
export function distributionPoints(...points: readonly PointSpec[]): ExtensionSpec {
  const one = (point: PointSpec): Bytes => {
    const name = pointName(point);
    return sequence(
      name === null ? none : element(0xa0, name),
      point.reasons === undefined ? none : reasonFlags(0x81, point.reasons),
      point.crlIssuer === undefined ? none : element(0xa2, element(0xa4, point.crlIssuer)),
    );
  };
  return { type: '2.5.29.31', value: sequence(...points.map(one)) };
}

function pointName({ uri, relative, directory }: PointSpec): Bytes | null {
  if (uri !== undefined) return element(0xa0, element(0x86, ascii(uri)));
  if (directory !== undefined) return element(0xa0, element(0xa4, directory));
  return relative === undefined ? null : element(0xa1, relative);
}

function reasonFlags(tag: number, numbers: readonly number[]): Bytes {
  const highest = Math.max(...numbers);
  const content = new Uint8Array(highest < 8 ? 1 : 2);
  for (const number of numbers) content[number >> 3] = (content[number >> 3] ?? 0) | (0x80 >> (number & 7));
  return element(tag, Uint8Array.of(7 - (highest & 7)), content);
}

/** GeneralizedTime from RFC 3339 in UTC. */
export function generalizedTime(iso: string, tag = 0x18): Bytes {
  return element(tag, ascii(iso.replace(/[-:T]/g, '')));
}

export function crlEntry({ serial, date, extensions = [] }: EntrySpec): Bytes {
  const listed = extensions.length === 0 ? none : sequence(...extensions.map(extension));
  return sequence(element(0x02, serial), date ?? time('2026-02-01T00:00:00Z'), listed);
}

export function writeCrl(spec: CrlSpec): Bytes {
  const algorithm = spec.algorithm ?? ecdsaSha256;
  const extensions = spec.extensions ?? [crlNumber(10)];
  const entries = spec.entries ?? [];
  const tbs = sequence(
    spec.version ?? integer(1),
    algorithm,
    spec.issuer,
    spec.thisUpdate ?? time('2026-06-01T00:00:00Z'),
    spec.nextUpdate ?? time('2026-07-01T00:00:00Z'),
    spec.entryBytes ?? (entries.length === 0 ? none : sequence(...entries.map(crlEntry))),
    extensions.length === 0 ? none : element(0xa0, sequence(...extensions.map(extension))),
  );
  const signature = spec.signature ?? new Uint8Array(sign('sha256', tbs, spec.signer.privateKey));
  return sequence(tbs, spec.outerAlgorithm ?? algorithm, bits(signature));
}

/** Serial number of entry `index` of a large CRL: 20 bytes, positive, all different, the same in every run. */
export function largeCrlSerial(index: number): Bytes {
  const serial = new Uint8Array(20);
  let state = Math.imul(index + 1, 0x9e3779b1) >>> 0;
  for (let byte = 0; byte < 16; byte++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    serial[byte] = state >>> 24;
  }
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  new DataView(serial.buffer).setUint32(16, index);
  return serial;
}

/** A CRL of so many entries, signed by the key named `root`; with reason codes it has about 53 bytes an entry, without 39. */
export function writeLargeCrl(count: number, withReasons = false): Bytes {
  const tail = concat(time('2026-02-01T00:00:00Z'), withReasons ? sequence(extension(reasonCode(4))) : none);
  const entryBytes = 24 + tail.length;
  const list = new Uint8Array(count * entryBytes);
  for (let index = 0; index < count; index++) {
    const at = index * entryBytes;
    list.set([0x30, entryBytes - 2, 0x02, 20], at);
    list.set(largeCrlSerial(index), at + 4);
    list.set(tail, at + 24);
  }
  return writeCrl({ issuer: commonName('Root'), signer: keyNamed('root'), entryBytes: element(0x30, list) });
}
