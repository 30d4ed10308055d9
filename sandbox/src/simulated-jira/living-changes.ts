/**
 * The sandbox's own life: people change issues all day. What happened is kept as the instants at which it happened; with
 * the seed they give the same issues again after a restart.
 */
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { changeIssue } from './issues/change-issue.ts';
import { Chance } from './issues/chance.ts';
import type { Issue } from './issues/issue.ts';
import type { IssueStore } from './issues/issue-store.ts';
import type { Ledger } from './ledger.ts';

/** Beyond this the journal is forgotten at the next start, and the issues are as they were made. */
const mostReplayed = 200_000;
/** Histories of generated issues have smaller ids. */
const firstHistoryId = 5_000_000;

type Change = 'changed' | 'created' | 'deleted';

export class LivingChanges {
  readonly #store: IssueStore;
  readonly #ledger: Ledger;
  readonly #chance: Chance;
  readonly #journalPath: string | null;
  readonly #indexLagMilliseconds: number;
  readonly #lag: Chance;
  #ids: number[];
  #nextId: number;
  #historyId = firstHistoryId;

  /** `journalPath` null: nothing is kept. `indexLagMilliseconds`: search finds a change at most so much later. */
  constructor(
    store: IssueStore,
    ledger: Ledger,
    options: { readonly seed: number; readonly journalPath: string | null; readonly indexLagMilliseconds: number },
  ) {
    this.#store = store;
    this.#ledger = ledger;
    this.#chance = new Chance(options.seed ^ 0x5eed);
    this.#lag = new Chance(options.seed);
    this.#journalPath = options.journalPath;
    this.#indexLagMilliseconds = options.indexLagMilliseconds;
    this.#ids = [...store.all()].map(({ id }) => id);
    this.#nextId = 1 + this.#ids.reduce((greatest, id) => Math.max(greatest, id), 0);
    this.#replay();
  }

  /** Makes `count` changes of a kind at `at`, epoch milliseconds; gives the issues concerned. */
  make(kind: Change, count: number, at: number): Issue[] {
    const made: Issue[] = [];
    let lines = '';
    for (let index = 0; index < count; index += 1) {
      const issue = this.#makeOne(kind, at, at + this.#lag.below(this.#indexLagMilliseconds + 1));
      if (issue === null) break;
      made.push(issue);
      lines += `${kind} ${at}\n`;
      this.#ledger.recordWritten({ at, kind, id: issue.id, key: issue.key, updated: issue.updated });
    }
    if (this.#journalPath !== null && lines !== '') appendFileSync(this.#journalPath, lines, { mode: 0o600 });
    return made;
  }

  #makeOne(kind: Change, at: number, searchableAt: number): Issue | null {
    const id = this.#ids[this.#chance.below(this.#ids.length)];
    const issue = id === undefined ? undefined : this.#store.find(String(id));
    if (issue === undefined) return null;
    if (kind === 'deleted') {
      this.#ids = this.#ids.filter((candidate) => candidate !== issue.id);
      this.#store.remove(issue, searchableAt);
      return issue;
    }
    const next = kind === 'created' ? this.#copy(issue, at) : changeIssue(issue, this.#chance, at, this.#historyId);
    this.#historyId += 1;
    this.#store.put(next, searchableAt);
    return next;
  }

  /** A new issue that resembles another. */
  #copy(issue: Issue, at: number): Issue {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#ids.push(id);
    // Numbers of generated issues are smaller than their count, which ids exceed: no key is given twice.
    const key = `${issue.project.key}-${id}`;
    return { ...issue, id, key, created: at, updated: at, resolved: null, histories: [], sprints: [] };
  }

  #replay(): void {
    if (this.#journalPath === null) return;
    let lines: string[];
    try {
      lines = readFileSync(this.#journalPath, 'utf8').split('\n').filter(Boolean);
    } catch {
      return;
    }
    if (lines.length > mostReplayed) {
      rmSync(this.#journalPath);
      return;
    }
    for (const line of lines) {
      const [kind, at] = line.split(' ');
      if (kind === 'changed' || kind === 'created' || kind === 'deleted') this.#makeOne(kind, Number(at), 0);
    }
  }
}
