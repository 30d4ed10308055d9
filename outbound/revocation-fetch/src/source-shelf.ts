/**
 * The reading side of the folder: records and open CRLs in memory, each compared with the state of its files whenever it is asked for, so that
 * what another process fetched is seen and what was damaged is noticed. Everything here is synchronous and short.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { X509Error } from '@sallyport/x509';
import type { DistinguishedName } from '@sallyport/x509';
import { sha256 } from './block-file.ts';
import { FiledCrl } from './crl-files.ts';
import { readRecord, writeRecord } from './source-record.ts';
import type { SourceRecord } from './source-record.ts';

export type SourceKind = SourceRecord['kind'];

interface Entry {
  /** State of the record's file; empty where it is not there. */
  state: string;
  record: SourceRecord | null;
  /** Undefined: not opened yet. Null: cannot be used. */
  crl: FiledCrl | null | undefined;
  /** Newer than what could be written. */
  unwritten: SourceRecord | null;
}

/** CRLs whose files are open at the same time; two descriptors each. */
const mostOpen = 512;
/** Milliseconds after which what nobody names any more is removed: a crash left it. */
const leftoverMilliseconds = 3_600_000;
/** Milliseconds after which a source that nobody has asked is forgotten: its certificate is renewed, or its connection is gone. */
const forgottenMilliseconds = 60 * 24 * 3_600_000;
const recordEnding = '.json';

export class SourceShelf {
  readonly #folder: string;
  readonly #entries = new Map<string, Entry>();
  /** Keys of entries with open files, least recently used first. */
  readonly #open = new Map<string, FiledCrl>();
  readonly #scanned: Record<SourceKind, string> = { crl: '', ocsp: '' };
  /** Keys of CRLs that are not partitioned, by the text of their issuer, which may differ from it in case alone. */
  readonly #ofIssuer = new Map<string, Set<string>>();

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const kind of ['crl', 'ocsp'] as const) mkdirSync(this.folderOf(kind), { recursive: true, mode: 0o700 });
    this.#removeLeftovers();
  }

  folderOf(kind: SourceKind): string {
    return join(this.#folder, kind);
  }

  /** Name of a source in the folder and of its lock. */
  keyOf(kind: SourceKind, url: string, subject: string | null): string {
    return `${kind}-${sha256(Buffer.from(`${url}\n${subject ?? ''}`))
      .toString('hex')
      .slice(0, 40)}`;
  }

  record(key: string): SourceRecord | null {
    const { record, unwritten } = this.#entry(key);
    return unwritten !== null && unwritten.attemptedAt >= (record?.attemptedAt ?? 0) ? unwritten : record;
  }

  /** The CRL of a source, ready for look-ups; null where none is kept or its files are not what was kept. */
  crl(key: string): FiledCrl | null {
    const entry = this.#entry(key);
    const kept = entry.record?.content;
    if (kept?.kind !== 'crl' || entry.record === null) return null;
    if (entry.crl != null && !entry.crl.intact) this.#close(key, entry);
    if (entry.crl === undefined) {
      try {
        entry.crl = FiledCrl.open(this.folderOf('crl'), kept, entry.record.url);
      } catch (error) {
        if (!(error instanceof X509Error) && (error as { code?: unknown }).code === undefined) throw error;
        entry.crl = null;
      }
    }
    if (entry.crl !== null) this.#use(key, entry.crl);
    return entry.crl;
  }

  /** The OCSP answer of a source. */
  ocsp(key: string): { readonly der: Uint8Array; readonly origin: string; readonly sha256: string } | null {
    const { record } = this.#entry(key);
    if (record?.content?.kind !== 'ocsp') return null;
    return { der: Buffer.from(record.content.der, 'base64'), origin: record.url, sha256: record.content.sha256 };
  }

  /** Whether what the record says is kept can be used. */
  holds(key: string): boolean {
    const record = this.record(key);
    return record?.content != null && (record.kind === 'ocsp' || this.crl(key) !== null);
  }

  /** CRLs of an issuer that speak for all its certificates, wherever they came from. @param wanted by its key, whether one is */
  crlsOf(issuer: DistinguishedName, wanted: (key: string) => boolean): readonly FiledCrl[] {
    this.#scan('crl');
    return [...(this.#ofIssuer.get(issuerText(issuer.toString())) ?? [])].flatMap((key) => {
      const crl = wanted(key) ? this.crl(key) : null;
      return crl !== null && crl.issuer.equals(issuer) ? [crl] : [];
    });
  }

  /** Keys of all records of a kind. */
  keys(kind: SourceKind): readonly string[] {
    this.#scan(kind);
    return [...this.#entries].flatMap(([key, { record }]) => (record?.kind === kind ? [key] : []));
  }

  /** Keeps a record; where it cannot be written, for this process alone. @throws FetchFailure */
  async write(key: string, record: SourceRecord): Promise<void> {
    try {
      await writeRecord(this.#pathOf(key, record.kind), record);
    } catch (error) {
      this.#entry(key).unwritten = record;
      throw error;
    }
  }

  /** Sets aside what is kept of a source: it is due at once, as if it had never failed. */
  async setAside(key: string, now: number): Promise<void> {
    const record = this.record(key);
    if (record === null) return;
    const well = { failures: 0, failingSince: null, lastError: null };
    await this.write(key, { ...record, ...well, dueAt: now, setAside: true });
  }

  close(): void {
    for (const crl of this.#open.values()) crl.close();
    this.#open.clear();
    this.#entries.clear();
  }

  /** Reads the records of others, where the folder has changed since. */
  #scan(kind: SourceKind): void {
    const folder = this.folderOf(kind);
    const state = stateOf(folder);
    if (state === this.#scanned[kind]) return;
    this.#scanned[kind] = state;
    for (const name of readdirSync(folder))
      if (name.endsWith(recordEnding)) this.#entry(name.slice(0, -recordEnding.length));
  }

  #entry(key: string): Entry {
    const kind = key.startsWith('crl-') ? 'crl' : 'ocsp';
    const path = this.#pathOf(key, kind);
    const state = stateOf(path);
    const known = this.#entries.get(key);
    if (known !== undefined && known.state === state) return known;
    if (known !== undefined) this.#forget(key, known);
    const record = state === '' ? null : readRecord(path);
    const entry: Entry = { state, record, crl: undefined, unwritten: known?.unwritten ?? null };
    // Sources that were only asked about are not remembered: whoever shows certificates could name any number of them.
    if (record !== null || entry.unwritten !== null) this.#entries.set(key, entry);
    if (record?.content?.kind === 'crl' && !record.content.partitioned) {
      const issuer = issuerText(record.content.issuer);
      this.#ofIssuer.set(issuer, (this.#ofIssuer.get(issuer) ?? new Set<string>()).add(key));
    }
    return entry;
  }

  #forget(key: string, entry: Entry): void {
    this.#close(key, entry);
    this.#entries.delete(key);
    const issuer = issuerText(entry.record?.content?.issuer ?? '');
    const keys = this.#ofIssuer.get(issuer);
    keys?.delete(key);
    if (keys?.size === 0) this.#ofIssuer.delete(issuer);
  }

  #pathOf(key: string, kind: SourceKind): string {
    return join(this.folderOf(kind), key + recordEnding);
  }

  #use(key: string, crl: FiledCrl): void {
    this.#open.delete(key);
    this.#open.set(key, crl);
    if (this.#open.size <= mostOpen) return;
    const [oldest] = this.#open.keys();
    const entry = oldest === undefined ? undefined : this.#entries.get(oldest);
    if (oldest !== undefined && entry !== undefined) this.#close(oldest, entry);
  }

  #close(key: string, entry: Entry): void {
    entry.crl?.close();
    entry.crl = undefined;
    this.#open.delete(key);
  }

  #removeLeftovers(): void {
    const before = Date.now() - leftoverMilliseconds;
    for (const kind of ['crl', 'ocsp'] as const) {
      const folder = this.folderOf(kind);
      for (const name of readdirSync(folder))
        if (name.endsWith(recordEnding) && !isStillGood(join(folder, name)))
          removeIfOlder(join(folder, name), Date.now() - forgottenMilliseconds);
      const named = new Set(
        this.keys(kind).flatMap((key) => {
          const content = this.record(key)?.content;
          return content?.kind === 'crl' ? [`${content.name}.crl`, `${content.name}.index`] : [];
        }),
      );
      for (const name of readdirSync(folder)) {
        if (name.endsWith(recordEnding) || named.has(name)) continue;
        removeIfOlder(join(folder, name), before);
      }
    }
  }
}

/** What was pushed is asked for by nobody and may hold for months. */
function isStillGood(path: string): boolean {
  const content = readRecord(path)?.content ?? null;
  return content !== null && (content.nextUpdate === null || content.nextUpdate >= Date.now());
}

function removeIfOlder(path: string, before: number): void {
  const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
  if (modified < before) rmSync(path, { force: true });
}

function issuerText(text: string): string {
  return text.toLowerCase();
}

function stateOf(path: string): string {
  const state = statSync(path, { throwIfNoEntry: false });
  return state === undefined ? '' : `${state.ino} ${state.size} ${state.mtimeMs}`;
}
