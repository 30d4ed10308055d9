/** A CRL as two files: its bytes, and an index with the hashes of the blocks of both. Opened, they are a CRL that holds nothing but facts. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crlFacts, StoredCrl, X509Error } from '@sallyport/x509';
import type { Crl } from '@sallyport/x509';
import { BlockFile, blockHashes, blockHashesLength, sha256 } from './block-file.ts';
import type { FileState } from './block-file.ts';
import { failureOfStorage } from './fetch-failure.ts';
import { writeWhole } from './source-record.ts';
import type { KeptCrl } from './source-record.ts';

const slotBytes = 4;

/** Bytes of an array as they lie in memory; the files do not leave the host. */
function bytesOf(array: Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function numbersOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.slice().buffer);
}

export interface CrlPlace {
  readonly folder: string;
  /** Stem of the files; not used before. */
  readonly name: string;
  /** The file in which the bytes lie; it is moved. */
  readonly part: string;
  /** Of the bytes, lower-case hexadecimal. */
  readonly sha256: string;
}

/** Puts a CRL into its two files. @throws FetchFailure */
export async function keepCrl(
  { folder, name, part, sha256: digest }: CrlPlace,
  crl: Crl,
  signedBy: readonly Uint8Array[],
): Promise<KeptCrl> {
  const facts = crlFacts(crl);
  const slots = bytesOf(crl.index.toParts().slots);
  const trailer = Buffer.concat([bytesOf(facts.issuerStarts), blockHashes(crl.der), blockHashes(slots)]);
  await writeWhole(join(folder, `${name}.index`), [slots, trailer]);
  try {
    await rename(part, join(folder, `${name}.crl`));
  } catch (error) {
    await rm(join(folder, `${name}.index`), { force: true }).catch(() => undefined);
    throw failureOfStorage(error);
  }
  return {
    kind: 'crl',
    name,
    bytes: crl.der.length,
    sha256: digest,
    slotCount: facts.slotCount,
    issuerStartCount: facts.issuerStarts.length,
    trailerSha256: sha256(trailer).toString('base64'),
    count: facts.count,
    seed: facts.seed,
    tbsStart: facts.tbsStart,
    tbsLength: facts.tbsLength,
    unknownCritical: facts.unknownCritical,
    frame: Buffer.from(facts.frame).toString('base64'),
    signedBy: signedBy.map((key) => Buffer.from(key).toString('base64')),
    issuer: crl.issuer.toString(),
    partitioned: crl.distributionPoint !== null && crl.distributionPoint.name !== null,
    thisUpdate: crl.thisUpdate,
    nextUpdate: crl.nextUpdate,
  };
}

/** A CRL that says by which bytes it is bound. */
export class FiledCrl extends StoredCrl {
  readonly sha256: string;
  readonly #files: readonly BlockFile[];
  readonly #paths: readonly string[];
  #corrupt = false;

  /** Opens and compares both files whole. @throws X509Error where they are not what was kept; whatever opening them throws */
  static open(folder: string, kept: KeptCrl, origin: string): FiledCrl {
    return new FiledCrl(kept, origin, openFiles(folder, kept));
  }

  private constructor(kept: KeptCrl, origin: string, opened: OpenedFiles) {
    const { crl, index, issuerStarts } = opened;
    const noting = <T>(read: () => T): T => {
      try {
        return read();
      } catch (error) {
        this.#corrupt = true;
        throw error;
      }
    };
    super(
      {
        frame: Buffer.from(kept.frame, 'base64'),
        tbsStart: kept.tbsStart,
        tbsLength: kept.tbsLength,
        unknownCritical: kept.unknownCritical,
        count: kept.count,
        seed: kept.seed,
        slotCount: kept.slotCount,
        issuerStarts,
      },
      {
        readCrl: (offset, length) => noting(() => crl.read(offset, length)),
        readSlots: (first, count) => noting(() => numbersOf(index.read(first * slotBytes, count * slotBytes))),
      },
      { origin, signedBy: kept.signedBy.map((key) => Buffer.from(key, 'base64')) },
    );
    this.sha256 = kept.sha256;
    this.#files = [crl, index];
    this.#paths = opened.paths;
  }

  /** Whether the files are still those that were opened, as far as that is to be seen without reading them, and no read has failed. */
  get intact(): boolean {
    return !this.#corrupt && this.#files.every((file, at) => sameState(file.state, this.#paths[at] ?? ''));
  }

  close(): void {
    for (const file of this.#files) file.close();
  }
}

interface OpenedFiles {
  readonly crl: BlockFile;
  readonly index: BlockFile;
  readonly issuerStarts: Uint32Array;
  readonly paths: readonly string[];
}

function openFiles(folder: string, kept: KeptCrl): OpenedFiles {
  const paths = [join(folder, `${kept.name}.crl`), join(folder, `${kept.name}.index`)] as const;
  const slotsLength = kept.slotCount * slotBytes;
  const issuersLength = kept.issuerStartCount * 4;
  const crlHashesLength = blockHashesLength(kept.bytes);
  const trailerLength = issuersLength + crlHashesLength + blockHashesLength(slotsLength);
  const trailer = readEnd(paths[1], slotsLength, trailerLength);
  if (sha256(trailer).toString('base64') !== kept.trailerSha256)
    throw new X509Error('X509_CRL_MALFORMED', 0, 'the stored index is not what was kept');
  const crl = new BlockFile(paths[0], kept.bytes, trailer.slice(issuersLength, issuersLength + crlHashesLength));
  const index = new BlockFile(paths[1], slotsLength, trailer.slice(issuersLength + crlHashesLength));
  try {
    if (crl.state.size !== kept.bytes || index.state.size !== slotsLength + trailerLength)
      throw new X509Error('X509_CRL_MALFORMED', 0, 'the stored file has another length than what was kept');
    crl.compareAll();
    index.compareAll();
  } catch (error) {
    crl.close();
    index.close();
    throw error;
  }
  return { crl, index, issuerStarts: numbersOf(trailer.subarray(0, issuersLength)), paths };
}

function readEnd(path: string, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const descriptor = openSync(path, 'r');
  try {
    let filled = 0;
    while (filled < length) {
      const read = readSync(descriptor, bytes, filled, length - filled, offset + filled);
      if (read === 0) break;
      filled += read;
    }
  } finally {
    closeSync(descriptor);
  }
  return bytes;
}

function sameState(state: FileState, path: string): boolean {
  const now = statSync(path, { throwIfNoEntry: false });
  return now !== undefined && now.ino === state.inode && now.size === state.size && now.mtimeMs === state.modified;
}

/** The bytes of a kept CRL, compared with its hash; null where they are not those. */
export async function readKeptCrl(folder: string, kept: KeptCrl): Promise<Uint8Array | null> {
  try {
    const bytes = await readFile(join(folder, `${kept.name}.crl`));
    return sha256(bytes).toString('hex') === kept.sha256 ? bytes : null;
  } catch {
    return null;
  }
}

/** Removes both files; readers that have them open keep them. */
export async function removeCrl(folder: string, kept: KeptCrl): Promise<void> {
  for (const ending of ['crl', 'index']) await rm(join(folder, `${kept.name}.${ending}`), { force: true });
}
