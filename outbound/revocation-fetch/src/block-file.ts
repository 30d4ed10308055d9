/**
 * A file of which every block has a hash that is kept apart: what a read hands out has been compared with it. A flipped bit is noticed by the
 * look-up that meets it, at the cost of hashing 16 KiB.
 */
import { hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { X509Error } from '@sallyport/x509';

/** Bytes that are read and compared at once. */
const blockBytes = 16 * 1024;
const hashBytes = 32;

/** SHA-256 of every block, one after the other. */
export function blockHashes(bytes: Uint8Array): Uint8Array {
  const hashes = new Uint8Array(Math.ceil(bytes.length / blockBytes) * hashBytes);
  for (let block = 0; block * blockBytes < bytes.length; block++)
    hashes.set(sha256(bytes.subarray(block * blockBytes, (block + 1) * blockBytes)), block * hashBytes);
  return hashes;
}

/** Bytes that `blockHashes` has for a file of this length. */
export function blockHashesLength(length: number): number {
  return Math.ceil(length / blockBytes) * hashBytes;
}

export function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** What tells one state of a file from another without reading it. */
export interface FileState {
  readonly inode: number;
  readonly size: number;
  readonly modified: number;
}

const block = Buffer.alloc(blockBytes);

export class BlockFile {
  readonly state: FileState;
  readonly #length: number;
  readonly #hashes: Uint8Array;
  #descriptor: number;

  /** @param length bytes that have hashes; what follows them in the file is not read here @throws where the file cannot be opened */
  constructor(path: string, length: number, hashes: Uint8Array) {
    this.#descriptor = openSync(path, 'r');
    const { ino, size, mtimeMs } = fstatSync(this.#descriptor);
    this.state = { inode: ino, size, modified: mtimeMs };
    this.#length = length;
    this.#hashes = hashes;
  }

  /** Exactly these bytes. @throws X509Error where the file does not hold what was kept */
  read(offset: number, length: number): Uint8Array {
    if (offset < 0 || length < 0 || offset + length > this.#length || this.#descriptor === -1)
      throw notWhatWasKept(offset);
    const bytes = new Uint8Array(length);
    for (let at = offset - (offset % blockBytes); at < offset + length; at += blockBytes) {
      const whole = this.#block(at);
      const from = Math.max(offset, at);
      const to = Math.min(offset + length, at + whole.length);
      bytes.set(whole.subarray(from - at, to - at), from - offset);
    }
    return bytes;
  }

  /** Compares every block. @throws X509Error */
  compareAll(): void {
    for (let at = 0; at < this.#length; at += blockBytes) this.#block(at);
  }

  close(): void {
    if (this.#descriptor === -1) return;
    closeSync(this.#descriptor);
    this.#descriptor = -1;
  }

  /** Valid until the next call. */
  #block(at: number): Buffer {
    const length = Math.min(blockBytes, this.#length - at);
    let filled = 0;
    try {
      while (filled < length) {
        const read = readSync(this.#descriptor, block, filled, length - filled, at + filled);
        if (read === 0) break;
        filled += read;
      }
    } catch {
      throw notWhatWasKept(at);
    }
    const whole = block.subarray(0, length);
    const place = (at / blockBytes) * hashBytes;
    if (filled < length || !sha256(whole).equals(this.#hashes.subarray(place, place + hashBytes)))
      throw notWhatWasKept(at);
    return whole;
  }
}

function notWhatWasKept(offset: number): X509Error {
  return new X509Error('X509_CRL_MALFORMED', offset, 'the stored file is not what was kept');
}
