/** Fetches one source into the folder: one at a time on the host, judged before it is kept, recorded whatever comes of it. */
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { buildOcspRequest } from '@sallyport/x509';
import type { Certificate, IssuerKey } from '@sallyport/x509';
import type { FetchCode, FetchedSource } from '@sallyport/tls-dialer';
import { askSource } from './ask-source.ts';
import type { SourceAnswer, SourceQuestion } from './ask-source.ts';
import { sha256 } from './block-file.ts';
import { keepCrl, removeCrl } from './crl-files.ts';
import { download, OneAtATime } from './download.ts';
import { FetchFailure, failureOfStorage } from './fetch-failure.ts';
import { judgeFetchedCrl } from './judge-fetched-crl.ts';
import { judgeFetchedOcsp } from './judge-fetched-ocsp.ts';
import { nextAttempt, nextRefresh } from './refresh-schedule.ts';
import type { FetchLimits, FetchWay, SourceLock } from './revocation-folder-types.ts';
import { temporaryName } from './source-record.ts';
import type { KeptCrl, SourceRecord } from './source-record.ts';
import type { SourceShelf } from './source-shelf.ts';

export interface Source {
  readonly kind: 'crl' | 'ocsp';
  readonly url: string;
  /** The certificate that an OCSP responder is asked about; null for a CRL. */
  readonly certificate: Certificate | null;
  /** Names and keys that may have signed. */
  readonly issuers: readonly IssuerKey[];
}

export interface FetcherParts {
  readonly shelf: SourceShelf;
  readonly lock: SourceLock;
  readonly clock: () => number;
  readonly chance: () => number;
  readonly limits: FetchLimits;
}

/** `askSource` with its way. */
type Ask = (question: SourceQuestion, take: (part: Uint8Array) => Promise<void>) => Promise<SourceAnswer>;

type Kept = Pick<SourceRecord, 'content' | 'etag' | 'lastModified'> & {
  readonly code: 'ok' | 'not-modified';
  /** Kept, and yet not what was hoped for. */
  readonly failure: FetchFailure | null;
};

/** Milliseconds beyond a source's own time for which a turn is waited for: whoever has it may judge a large CRL. */
const turnMilliseconds = 20_000;
const nonceBytes = 16;

export class SourceFetcher {
  readonly #parts: FetcherParts;
  readonly #flights = new Map<string, Promise<FetchedSource>>();
  readonly #ending = new AbortController();
  readonly #judging = new OneAtATime();

  constructor(parts: FetcherParts) {
    this.#parts = parts;
  }

  /** Joins a fetch of the same source that is under way. Never rejects. */
  fetch(source: Source, way: FetchWay): Promise<FetchedSource> {
    const key = this.keyOf(source);
    const known = this.#flights.get(key);
    if (known !== undefined) return known;
    const flight = this.#inTurn(key, source, way).finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight;
  }

  keyOf({ kind, url, certificate }: Source): string {
    return this.#parts.shelf.keyOf(kind, url, certificate?.sha256 ?? null);
  }

  /** Takes what was not fetched. Never rejects. */
  async takeCrl(origin: string, der: Uint8Array, issuers: readonly IssuerKey[]): Promise<FetchedSource> {
    const started = performance.now();
    const key = this.#parts.shelf.keyOf('crl', origin, null);
    const source: Source = { kind: 'crl', url: origin, certificate: null, issuers };
    const deliver: Ask = async (_question, take) => {
      if (der.length > this.#parts.limits.crlBytes)
        throw new FetchFailure(
          'source-too-large',
          `The CRL has more than ${this.#parts.limits.crlBytes} bytes.`,
          'customer',
        );
      await take(der);
      return { modified: true, etag: null, lastModified: null };
    };
    const signal = AbortSignal.timeout(turnMilliseconds);
    try {
      return await this.#parts.lock.hold(key, signal, () => this.#attempt(key, source, deliver));
    } catch (error) {
      return shown(source, giveUp(error), 0, started);
    }
  }

  close(): void {
    this.#ending.abort();
  }

  async #inTurn(key: string, source: Source, way: FetchWay): Promise<FetchedSource> {
    const { lock, limits, shelf, clock } = this.#parts;
    const started = performance.now();
    const asked = clock();
    const before = shelf.record(key)?.attemptedAt ?? 0;
    const wait = AbortSignal.any([
      this.#ending.signal,
      AbortSignal.timeout(limits.sourceMilliseconds + turnMilliseconds),
    ]);
    const askOver: Ask = (question, take) => askSource(question, way, this.#ending.signal, take);
    try {
      return await lock.hold(key, wait, async () => {
        const record = shelf.record(key);
        // Somebody else of this host was faster: what came of it is the answer.
        if (record !== null && record.attemptedAt !== before && record.attemptedAt >= asked - limits.sourceMilliseconds)
          return shown(source, record.failures > 0 ? failureOf(record) : 'ok', 0, started);
        return await this.#attempt(key, source, askOver);
      });
    } catch (error) {
      return shown(source, giveUp(error), 0, started);
    }
  }

  async #attempt(key: string, source: Source, ask: Ask): Promise<FetchedSource> {
    const { shelf, clock, chance } = this.#parts;
    const started = performance.now();
    const old = shelf.record(key);
    let bytes = 0;
    const counting: Ask = (question, take) =>
      ask(question, (part) => {
        bytes += part.length;
        return take(part);
      });
    const base = {
      version: 1,
      kind: source.kind,
      url: source.url,
      subject: source.certificate?.sha256 ?? null,
    } as const;
    let outcome: FetchFailure | 'ok' | 'not-modified';
    let unnamed: KeptCrl | null = null;
    try {
      const kept = await (source.kind === 'crl' ? this.#crl(key, source, counting) : this.#ocsp(key, source, counting));
      if (kept.code === 'ok' && kept.content?.kind === 'crl') unnamed = kept.content;
      const now = clock();
      const { failure } = kept;
      const failures = failure === null ? 0 : (old?.failures ?? 0) + 1;
      await shelf.write(key, {
        ...base,
        attemptedAt: now,
        fetchedAt: kept.code === 'ok' ? now : (old?.fetchedAt ?? now),
        confirmedAt: now,
        dueAt:
          failure === null
            ? nextRefresh(now, kept.content?.nextUpdate ?? null, chance())
            : nextAttempt(now, failures, chance()),
        failures,
        failingSince: failure === null ? null : (old?.failingSince ?? now),
        lastError: failure === null ? null : lastErrorOf(failure, now),
        etag: kept.etag,
        lastModified: kept.lastModified,
        content: kept.content,
      });
      unnamed = null;
      // Only now does nobody name the old files any more.
      if (old?.content?.kind === 'crl' && kept.code === 'ok') await removeCrl(shelf.folderOf('crl'), old.content);
      outcome = failure ?? kept.code;
    } catch (error) {
      outcome = error instanceof FetchFailure ? error : failureOfStorage(error);
      if (unnamed !== null) await removeCrl(shelf.folderOf('crl'), unnamed).catch(() => undefined);
      const now = clock();
      const failures = (old?.failures ?? 0) + 1;
      const record: SourceRecord = {
        ...base,
        attemptedAt: now,
        fetchedAt: old?.fetchedAt ?? null,
        confirmedAt: old?.confirmedAt ?? null,
        dueAt: nextAttempt(now, failures, chance()),
        failures,
        failingSince: old?.failingSince ?? now,
        lastError: lastErrorOf(outcome, now),
        etag: old?.etag ?? null,
        lastModified: old?.lastModified ?? null,
        content: old?.content ?? null,
        ...(old?.setAside === true ? { setAside: true } : {}),
      };
      await shelf.write(key, record).catch(() => undefined);
    }
    return shown(source, outcome, bytes, started);
  }

  async #crl(key: string, source: Source, ask: Ask): Promise<Kept> {
    const { shelf, clock, limits } = this.#parts;
    const old = shelf.record(key);
    // What is damaged is to come again, whole; and what was set aside is to come as the source has it now.
    const isWanted = old?.setAside === true || shelf.crl(key) === null;
    const held = !isWanted && old?.content?.kind === 'crl' ? old.content : null;
    const folder = shelf.folderOf('crl');
    const part = temporaryName(join(folder, key));
    try {
      const answer = await download(part, (take) =>
        ask(
          {
            url: source.url,
            body: null,
            validators: held === null ? null : { etag: old?.etag ?? null, lastModified: old?.lastModified ?? null },
            maximumBytes: limits.crlBytes,
            milliseconds: limits.sourceMilliseconds,
            redirects: limits.redirects,
          },
          take,
        ),
      );
      const validators = {
        etag: answer.etag ?? old?.etag ?? null,
        lastModified: answer.lastModified ?? old?.lastModified ?? null,
      };
      if (!answer.modified && held !== null) return confirmed(held, validators, clock());
      using _turn = await this.#judging.turn();
      const der = await readFile(part);
      const digest = sha256(der).toString('hex');
      if (held !== null && digest === held.sha256)
        return confirmed(held, { etag: answer.etag, lastModified: answer.lastModified }, clock());
      // A list of a million entries takes a fifth of a second in all: others get their turn in between.
      await setImmediate();
      const judged = judgeFetchedCrl(der, source.issuers, clock(), limits.crlBytes);
      if (held !== null && judged.crl.thisUpdate < held.thisUpdate)
        throw new FetchFailure(
          'crl-older-than-held',
          'The source sends a CRL that is older than the one that is held.',
        );
      // Never the name of files that are there: the same bytes may come again after those were damaged.
      const name = `${key}-${digest.slice(0, 16)}-${randomBytes(6).toString('hex')}`;
      await setImmediate();
      const content = await keepCrl({ folder, name, part, sha256: digest }, judged.crl, judged.signedBy);
      return { code: 'ok', content, etag: answer.etag, lastModified: answer.lastModified, failure: judged.stale };
    } finally {
      await rm(part, { force: true }).catch(() => undefined);
    }
  }

  async #ocsp(key: string, source: Source, ask: Ask): Promise<Kept> {
    const { clock, limits } = this.#parts;
    const { certificate } = source;
    const issuer = source.issuers.find(({ subject }) => certificate?.issuer.equals(subject) === true);
    if (certificate === null || issuer === undefined)
      throw new FetchFailure('ocsp-other-certificate', 'The issuer of the certificate is not at hand.', 'operator');
    const nonce = new Uint8Array(randomBytes(nonceBytes));
    const parts: Uint8Array[] = [];
    await ask(
      {
        url: source.url,
        body: buildOcspRequest([{ certificate, issuer }], { nonce }),
        validators: null,
        maximumBytes: limits.ocspBytes,
        milliseconds: limits.sourceMilliseconds,
        redirects: limits.redirects,
      },
      (part) => {
        parts.push(Uint8Array.from(part));
        return Promise.resolve();
      },
    );
    const der = Buffer.concat(parts);
    const { thisUpdate, nextUpdate, unknown } = judgeFetchedOcsp(der, certificate, issuer, nonce, clock());
    const { content: held, setAside } = this.#parts.shelf.record(key) ?? {};
    if (held?.kind === 'ocsp' && setAside !== true && thisUpdate < held.thisUpdate)
      throw new FetchFailure(
        'ocsp-stale',
        'The OCSP responder sends an answer that is older than the one that is held.',
      );
    const content = {
      kind: 'ocsp',
      der: der.toString('base64'),
      bytes: der.length,
      sha256: sha256(der).toString('hex'),
      issuer: issuer.subject.toString(),
      thisUpdate,
      nextUpdate,
    } as const;
    return { code: 'ok', content, etag: null, lastModified: null, failure: unknown };
  }
}

/** 304, or the same bytes again: what is held is as good as new, unless its window is over. */
function confirmed(held: KeptCrl, validators: Pick<Kept, 'etag' | 'lastModified'>, now: number): Kept {
  const failure =
    held.nextUpdate !== null && held.nextUpdate < now
      ? new FetchFailure('crl-stale', 'The CRL should have been replaced; the source still has the old one.')
      : null;
  return { code: 'not-modified', content: held, ...validators, failure };
}

/** The last failure of a source, as it was. */
export function failureOf({ lastError }: SourceRecord): FetchFailure {
  const { code, message, actor } = lastError ?? {
    code: 'source-down' as const,
    message: 'The source failed.',
    actor: 'certificate-authority' as const,
  };
  return new FetchFailure(code, message, actor);
}

function lastErrorOf({ code, message, actor }: FetchFailure, at: number): NonNullable<SourceRecord['lastError']> {
  return { code, message, actor, at };
}

function giveUp(error: unknown): FetchFailure {
  if (error instanceof FetchFailure) return error;
  return new FetchFailure('given-up', 'Another fetch of the same source did not end in time.', 'operator');
}

function shown(
  { kind, url }: Source,
  outcome: FetchFailure | 'ok' | 'not-modified',
  bytes: number,
  started: number,
): FetchedSource {
  const milliseconds = Math.round((performance.now() - started) * 1000) / 1000;
  const common = { kind, url, bytes, milliseconds };
  if (outcome instanceof FetchFailure)
    return { ...common, code: outcome.code, message: outcome.message, actor: outcome.actor };
  const code: FetchCode = outcome;
  return { ...common, code, message: code === 'ok' ? 'Fetched.' : 'Still the same.', actor: null };
}
