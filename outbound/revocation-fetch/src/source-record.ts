/**
 * What is known of one source, in one small file beside the bytes: when it was asked and with which outcome, when it is due, and what is kept.
 * Every process of the host reads it, so a failure or an answer that one of them got counts for all. First line: SHA-256 of the rest.
 */
import { readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { FetchCode } from '@sallyport/tls-dialer';
import type { Actor } from '@sallyport/tls-policy';
import { sha256 } from './block-file.ts';
import { failureOfStorage } from './fetch-failure.ts';

/** A CRL in two files, `NAME.crl` and `NAME.index`: slots, offsets of issuers, hashes of the blocks of both. */
export interface KeptCrl {
  readonly kind: 'crl';
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly slotCount: number;
  readonly issuerStartCount: number;
  /** SHA-256 of everything in the index behind the slots, base64. */
  readonly trailerSha256: string;
  readonly count: number;
  readonly seed: number;
  readonly tbsStart: number;
  readonly tbsLength: number;
  readonly unknownCritical: string | null;
  /** DER of the CRL without its entries, base64. */
  readonly frame: string;
  /** SubjectPublicKeyInfo of the keys that signed it, base64. */
  readonly signedBy: readonly string[];
  readonly issuer: string;
  /** It speaks only for certificates that name its very address (RFC 5280 §5.2.5): some authorities cut theirs into a hundred parts. */
  readonly partitioned: boolean;
  readonly thisUpdate: number;
  readonly nextUpdate: number | null;
}

export interface KeptOcsp {
  readonly kind: 'ocsp';
  /** The response, base64: it is small. */
  readonly der: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly issuer: string;
  readonly thisUpdate: number;
  readonly nextUpdate: number | null;
}

/** Instants in epoch milliseconds. */
export interface SourceRecord {
  readonly version: 1;
  readonly kind: 'crl' | 'ocsp';
  readonly url: string;
  /** SHA-256 of the certificate that an OCSP source was asked about; null for a CRL. */
  readonly subject: string | null;
  readonly attemptedAt: number;
  readonly fetchedAt: number | null;
  readonly confirmedAt: number | null;
  readonly dueAt: number;
  readonly failures: number;
  readonly failingSince: number | null;
  readonly lastError: {
    readonly code: FetchCode;
    readonly message: string;
    readonly actor: Actor;
    readonly at: number;
  } | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly content: KeptCrl | KeptOcsp | null;
  /** Kept, and nobody who dials goes by it: what the source says now is wanted. Absent: false. */
  readonly setAside?: boolean;
}

/** Bytes; frames and OCSP answers are small. */
const largestRecord = 1024 * 1024;

/** Null where there is none, or it is not what was written. */
export function readRecord(path: string): SourceRecord | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return null;
  }
  const end = bytes.indexOf(10);
  if (end === -1 || bytes.length > largestRecord) return null;
  const text = bytes.subarray(end + 1);
  if (sha256(text).toString('hex') !== bytes.subarray(0, end).toString('latin1')) return null;
  try {
    const record = JSON.parse(text.toString('utf8')) as SourceRecord;
    return record.version === 1 ? record : null;
  } catch {
    return null;
  }
}

/** Whole or not at all. @throws FetchFailure */
export async function writeRecord(path: string, record: SourceRecord): Promise<void> {
  const text = Buffer.from(JSON.stringify(record));
  await writeWhole(path, [Buffer.from(`${sha256(text).toString('hex')}\n`), text]);
}

let written = 0;

/** A name beside `path` that nobody else uses; what a crash leaves under it is removed later. */
export function temporaryName(path: string): string {
  return `${path}.${process.pid}-${written++}.part`;
}

/** Writes beside, syncs, renames. @throws FetchFailure */
export async function writeWhole(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await using file = await open(temporary, 'wx', 0o600);
    for (const part of parts) await file.writeFile(part);
    await file.sync();
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw failureOfStorage(error);
  }
  try {
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw failureOfStorage(error);
  }
}
