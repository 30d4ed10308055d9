/** A host's folder of CRLs and OCSP answers: what is held for certificates, what is worth asking for, and the asking, CRLs first. */
import { setTimeout as delay } from 'node:timers/promises';
import { crlsCover } from '@sallyport/x509';
import type { Certificate, IssuerKey, UtcInstant } from '@sallyport/x509';
import type { FetchedSource, FetchOptions, FetchSummary, HeldRevocation, RevocationData } from '@sallyport/tls-dialer';
import { readKeptCrl } from './crl-files.ts';
import type { FiledCrl } from './crl-files.ts';
import { defaultFetchLimits } from './fetch-limits.ts';
import { namedSources } from './named-sources.ts';
import type { FetchWay, Holding, RevocationFolder, RevocationFolderOptions } from './revocation-folder-types.ts';
import type { FetchFailure } from './fetch-failure.ts';
import { failureOf, SourceFetcher } from './source-fetcher.ts';
import type { Source } from './source-fetcher.ts';
import type { SourceRecord } from './source-record.ts';
import { SourceShelf } from './source-shelf.ts';

/** Milliseconds after which responders are asked although a CRL may still come: a handshake may be waiting. */
const patienceWithCrlsMilliseconds = 1_500;

/** Opens the folder, or makes it. @throws where it cannot be made or read */
export function openRevocationFolder(options: RevocationFolderOptions): RevocationFolder {
  const shelf = new SourceShelf(options.folder);
  const clock = options.clock ?? Date.now;
  const limits = { ...defaultFetchLimits, ...options.limits };
  const fetcher = new SourceFetcher({
    shelf,
    lock: options.lock,
    clock,
    chance: options.chance ?? Math.random,
    limits,
  });
  return {
    forConnection: (way) => new ConnectionRevocation(shelf, fetcher, clock, way),
    holdings: () =>
      (['crl', 'ocsp'] as const).flatMap((kind) =>
        shelf.keys(kind).flatMap((key) => {
          const record = shelf.record(key);
          return record === null ? [] : [holdingOf(record)];
        }),
      ),
    content: async (sha256) => {
      for (const kind of ['crl', 'ocsp'] as const)
        for (const key of shelf.keys(kind)) {
          const content = shelf.record(key)?.content;
          if (content?.sha256 !== sha256) continue;
          return content.kind === 'ocsp'
            ? Buffer.from(content.der, 'base64')
            : readKeptCrl(shelf.folderOf('crl'), content);
        }
      return null;
    },
    setAside: async (origin, signal) => {
      const ofOrigin = (['crl', 'ocsp'] as const)
        .flatMap((kind) => shelf.keys(kind))
        .filter((key) => URL.parse(shelf.record(key)?.url ?? '')?.origin === origin);
      await Promise.all(ofOrigin.map((key) => options.lock.hold(key, signal, () => shelf.setAside(key, clock()))));
    },
    takePushedCrl: (origin, der, issuers) => fetcher.takeCrl(origin, der, issuers),
    close: () => {
      fetcher.close();
      shelf.close();
    },
  };
}

/** `fresh`: nothing to ask. `backing-off`: it failed a short while ago. `due`: held, and to be looked at again. `missing`: nothing usable is held. */
type Standing = 'fresh' | 'backing-off' | 'due' | 'missing';

class ConnectionRevocation implements RevocationData {
  readonly #shelf: SourceShelf;
  readonly #fetcher: SourceFetcher;
  readonly #clock: () => number;
  readonly #way: FetchWay;

  constructor(shelf: SourceShelf, fetcher: SourceFetcher, clock: () => number, way: FetchWay) {
    this.#shelf = shelf;
    this.#fetcher = fetcher;
    this.#clock = clock;
    this.#way = way;
  }

  held(certificates: readonly Certificate[], _at: UtcInstant): HeldRevocation {
    const crls = new Set<HeldRevocation['crls'][number]>();
    const ocspResponses: HeldRevocation['ocspResponses'][number][] = [];
    for (const certificate of certificates) {
      for (const crl of this.#crlsAbout(certificate)) crls.add(crl);
      for (const url of namedSources(certificate).responders) {
        const key = this.#shelf.keyOf('ocsp', url, certificate.sha256);
        const response = this.#shelf.ocsp(key);
        if (response !== null && this.#goesBy(key)) ocspResponses.push(response);
      }
    }
    return { crls: [...crls], ocspResponses };
  }

  worthFetching(certificates: readonly Certificate[]): boolean {
    return certificates.some((certificate) => {
      const sources = this.#sourcesOf(certificate, []);
      return [...sources.crls.flat(), ...sources.responders].some((source) => this.#asks(this.#standing(source)));
    });
  }

  failures(certificates: readonly Certificate[]): readonly FetchedSource[] {
    return certificates.flatMap((certificate) => {
      const { crls, responders } = this.#sourcesOf(certificate, []);
      return [...crls.flat(), ...responders].flatMap((source) => {
        const record = this.#shelf.record(this.#fetcher.keyOf(source));
        return record?.lastError == null ? [] : [shownFailure(source, failureOf(record))];
      });
    });
  }

  async fetch(
    certificates: readonly Certificate[],
    issuers: readonly IssuerKey[],
    signal: AbortSignal,
    options: FetchOptions = {},
  ): Promise<FetchSummary> {
    const all = options.refresh === 'all';
    const undecided = options.undecided === true;
    const signers = [...issuers, ...certificates];
    const told = new Map<string, FetchedSource>();
    const asking = certificates.map(async (certificate) => {
      const sources = this.#sourcesOf(certificate, signers);
      // Lists that are held already and did not decide will not do so now.
      const useless = undecided && this.#isCoveredByCrls(certificate, this.#clock());
      const crls = Promise.all(sources.crls.map((point) => this.#askUntilOne(point, all, told)));
      const ended = new AbortController();
      const first = await Promise.race([
        crls.then(() => this.#isCoveredByCrls(certificate, this.#clock())),
        delay(patienceWithCrlsMilliseconds, false, { signal: ended.signal }),
      ]);
      ended.abort();
      // What a CRL of another source covers needs no responder either.
      if (!first || useless || options.responders === 'always') await this.#askUntilOne(sources.responders, all, told);
      await crls;
    });
    const given = Promise.withResolvers<void>();
    const onAbort = (): void => given.resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    // Fetches go on for whoever else wants them; only the waiting ends.
    await Promise.race([Promise.all(asking), given.promise]);
    signal.removeEventListener('abort', onAbort);
    return { sources: [...told.values()] };
  }

  /** Whether one of these holds something usable, asked where it did not. */
  async #askUntilOne(sources: readonly Source[], all: boolean, told: Map<string, FetchedSource>): Promise<boolean> {
    for (const source of sources) {
      const key = this.#fetcher.keyOf(source);
      const standing = this.#standing(source);
      if (!all && !this.#asks(standing)) {
        if (standing === 'fresh') return true;
        const record = this.#shelf.record(key);
        told.set(key, backingOff(source, record));
        if (record !== null && this.#inWindow(record, this.#clock())) return true;
        continue;
      }
      const fetched = await this.#fetcher.fetch(source, this.#way);
      told.set(key, fetched);
      const record = this.#shelf.record(key);
      if (fetched.code === 'ok' || fetched.code === 'not-modified') return true;
      if (record !== null && this.#shelf.holds(key) && this.#inWindow(record, this.#clock())) return true;
    }
    return false;
  }

  #asks(standing: Standing): boolean {
    return (
      standing === 'missing' || standing === 'due' || (standing === 'backing-off' && this.#way.ignoreBackOff === true)
    );
  }

  /** Whether lists in their window that are held speak about the certificate for all reasons. */
  #isCoveredByCrls(certificate: Certificate, at: number): boolean {
    return crlsCover(
      this.#crlsAbout(certificate).filter(({ nextUpdate }) => nextUpdate === null || nextUpdate >= at),
      certificate,
    );
  }

  /** From where the certificate points to, and of its issuer from elsewhere. */
  #crlsAbout(certificate: Certificate): readonly FiledCrl[] {
    const named = namedSources(certificate, this.#way.crlAddresses);
    const keys = new Set(named.crls.flat().map((url) => this.#shelf.keyOf('crl', url, null)));
    const pointed = [...keys].filter((key) => this.#goesBy(key)).flatMap((key) => this.#shelf.crl(key) ?? []);
    return [...pointed, ...this.#shelf.crlsOf(certificate.issuer, (key) => !keys.has(key) && this.#goesBy(key))];
  }

  /** Whether what is kept of a source counts on this way. */
  #goesBy(key: string): boolean {
    return this.#way.usesSetAside === true || this.#shelf.record(key)?.setAside !== true;
  }

  #inWindow({ content, setAside }: SourceRecord, at: number): boolean {
    if (setAside === true && this.#way.usesSetAside !== true) return false;
    return content !== null && (content.nextUpdate === null || content.nextUpdate >= at);
  }

  #standing(source: Source): Standing {
    const key = this.#fetcher.keyOf(source);
    const record = this.#shelf.record(key);
    if (record === null) return 'missing';
    const now = this.#clock();
    if (record.failures > 0) {
      // Refused on a way that may dial no private address says nothing about a way that may.
      const otherWay = this.#way.allowPrivate && record.lastError?.code === 'source-address-forbidden';
      // A clock that was set back must not keep a source waiting for ever.
      if (!otherWay && now < record.dueAt && now >= record.attemptedAt) return 'backing-off';
      return this.#inWindow(record, now) && this.#shelf.holds(key) ? 'due' : 'missing';
    }
    if (!this.#shelf.holds(key) || !this.#inWindow(record, now)) return 'missing';
    return now >= record.dueAt || now < record.attemptedAt ? 'due' : 'fresh';
  }

  #sourcesOf(
    certificate: Certificate,
    issuers: readonly IssuerKey[],
  ): { readonly crls: readonly (readonly Source[])[]; readonly responders: readonly Source[] } {
    const { crls, responders } = namedSources(certificate, this.#way.crlAddresses);
    return {
      crls: crls.map((point) => point.map((url) => ({ kind: 'crl', url, certificate: null, issuers }))),
      responders: responders.map((url) => ({ kind: 'ocsp', url, certificate, issuers })),
    };
  }
}

function shownFailure({ kind, url }: Source, { code, message, actor }: FetchFailure): FetchedSource {
  return { kind, url, code, message, actor, bytes: 0, milliseconds: 0 };
}

function backingOff({ kind, url }: Source, record: SourceRecord | null): FetchedSource {
  const last = record?.lastError?.message ?? '';
  const until = record === null ? '' : new Date(record.dueAt).toISOString();
  return {
    kind,
    url,
    code: 'backing-off',
    message: `Not asked before ${until}, because it failed: ${last}`,
    actor: 'certificate-authority',
    bytes: 0,
    milliseconds: 0,
  };
}

function holdingOf(record: SourceRecord): Holding {
  const { kind, url, subject, content, fetchedAt, confirmedAt, lastError, failingSince, dueAt } = record;
  return {
    kind,
    url,
    subject,
    issuer: content?.issuer ?? null,
    thisUpdate: content?.thisUpdate ?? null,
    nextUpdate: content?.nextUpdate ?? null,
    entries: content?.kind === 'crl' ? content.count : null,
    bytes: content?.bytes ?? null,
    sha256: content?.sha256 ?? null,
    fetchedAt,
    confirmedAt,
    lastError,
    failingSince,
    dueAt,
  };
}
