/** What the folder of this host holds, copied into the database: the console, the plan and the other connectors read it there. */
import type { Holding, RevocationFolder } from '@sallyport/revocation-fetch';
import { recordSources, type RevocationUse, type SourceState, type Store } from '@sallyport/store';

/** A source that is not needed is looked at again so much later: its neighbour may have begun to fail. */
const notNeededMilliseconds = 3_600_000;

export class SourceMirror {
  readonly #store: Store;
  readonly #host: string;
  readonly #folder: RevocationFolder;
  /** What was written last, by source. */
  readonly #written = new Map<string, string>();
  #last: Promise<void> = Promise.resolve();

  constructor(store: Store, host: string, folder: RevocationFolder) {
    this.#store = store;
    this.#host = host;
    this.#folder = folder;
  }

  /** Writes what has changed since it was written last; one after the other, so that instants of change come in order. */
  write(): Promise<void> {
    this.#last = this.#last.catch(() => undefined).then(() => this.#write());
    return this.#last;
  }

  async #write(): Promise<void> {
    const changed = this.#folder.holdings().flatMap((holding) => {
      const state = stateOf(holding);
      const text = JSON.stringify(holding);
      return state === null || this.#written.get(keyOf(state)) === text ? [] : [{ state, text }];
    });
    if (changed.length === 0) return;
    await recordSources(
      this.#store,
      this.#host,
      changed.map(({ state }) => state),
      new Date(),
    );
    for (const { state, text } of changed) this.#written.set(keyOf(state), text);
  }

  /** Of these sources, which were due and asked for, those that nobody asked: something else answers for them. They are due later. */
  async putOff(due: readonly Omit<RevocationUse, 'authority'>[], now: number): Promise<void> {
    const holdings = new Map(
      this.#folder.holdings().flatMap((holding) => {
        const state = stateOf(holding);
        return state === null ? [] : [[keyOf(state), state] as const];
      }),
    );
    const off = due.flatMap((key) => {
      const held = holdings.get(keyOf(key));
      if (held !== undefined && held.nextFetchAt.getTime() > now) return [];
      return [{ ...(held ?? neverAsked(key)), nextFetchAt: new Date(now + notNeededMilliseconds) }];
    });
    await recordSources(this.#store, this.#host, off, new Date(now), 'puts off');
  }

  /** Whether the folder itself would not ask this source yet: then somebody wants it asked all the same. */
  isFresh({ kind, url, subject }: Omit<RevocationUse, 'authority'>, now: number): boolean {
    return this.#folder
      .holdings()
      .some(
        (holding) =>
          holding.kind === kind && holding.url === url && (holding.subject ?? '') === subject && holding.dueAt > now,
      );
  }
}

/** Null for what was pushed: it has a place of its own. */
function stateOf(holding: Holding): SourceState | null {
  if (!/^https?:/i.test(holding.url)) return null;
  const { kind, url, subject, issuer, sha256, bytes, entries, lastError, failingSince } = holding;
  return {
    kind,
    url,
    subject: subject ?? '',
    authority: issuer ?? '',
    sha256,
    bytes,
    entries,
    thisUpdate: dateOf(holding.thisUpdate),
    nextUpdate: dateOf(holding.nextUpdate),
    fetchedAt: dateOf(holding.fetchedAt),
    error: lastError === null || failingSince === null ? null : { code: lastError.code, message: lastError.message },
    attemptedAt: dateOf(Math.max(holding.confirmedAt ?? 0, holding.fetchedAt ?? 0, lastError?.at ?? 0)),
    // What has a window is stale after it, which needs no word; what never came, since it was first asked in vain.
    staleSince: sha256 === null ? dateOf(failingSince) : null,
    nextFetchAt: new Date(holding.dueAt),
  };
}

function neverAsked({ kind, url, subject }: Omit<RevocationUse, 'authority'>): SourceState {
  return {
    kind,
    url,
    subject,
    authority: '',
    sha256: null,
    bytes: null,
    entries: null,
    thisUpdate: null,
    nextUpdate: null,
    fetchedAt: null,
    error: null,
    attemptedAt: null,
    staleSince: null,
    nextFetchAt: new Date(0),
  };
}

function dateOf(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}

function keyOf({ kind, url, subject }: Omit<RevocationUse, 'authority'>): string {
  return `${kind} ${subject} ${url}`;
}
