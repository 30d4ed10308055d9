/**
 * All issues at their newest version, and the search index, which trails the writes as Jira's does: a version is found by
 * search only some time after `GET issue` shows it.
 */
import type { Issue } from './issue.ts';

interface PendingWrite {
  readonly due: number;
  readonly id: number;
  /** null for a deletion. */
  readonly issue: Issue | null;
}

export class IssueStore {
  readonly #current = new Map<number, Issue>();
  readonly #idOfKey = new Map<string, number>();
  readonly #indexed = new Map<number, Issue>();
  #pending: PendingWrite[] = [];
  #inOrder: readonly Issue[] | null = null;

  constructor(issues: readonly Issue[]) {
    for (const issue of issues) this.put(issue, 0);
    this.#apply(0);
  }

  get size(): number {
    return this.#current.size;
  }

  all(): Iterable<Issue> {
    return this.#current.values();
  }

  /** By numeric id or by key; keys are told apart from ids by their form. */
  find(idOrKey: string): Issue | undefined {
    const id = /^\d+$/.test(idOrKey) ? Number(idOrKey) : this.#idOfKey.get(idOrKey.toUpperCase());
    return id === undefined ? undefined : this.#current.get(id);
  }

  /** `searchableAt`: the instant from which search finds this version. */
  put(issue: Issue, searchableAt: number): void {
    this.#current.set(issue.id, issue);
    this.#idOfKey.set(issue.key, issue.id);
    this.#pending.push({ due: searchableAt, id: issue.id, issue });
  }

  remove(issue: Issue, searchableAt: number): void {
    this.#current.delete(issue.id);
    this.#idOfKey.delete(issue.key);
    this.#pending.push({ due: searchableAt, id: issue.id, issue: null });
  }

  /** What search sees at `at`, by `updated`, then id, ascending. */
  index(at: number): readonly Issue[] {
    this.#apply(at);
    // Nearly in order after a few writes, which is the case that the engine's sort is quick at.
    this.#inOrder ??= [...this.#indexed.values()].sort(
      (one, other) => one.updated - other.updated || one.id - other.id,
    );
    return this.#inOrder;
  }

  #apply(at: number): void {
    if (this.#pending.length === 0) return;
    const later: PendingWrite[] = [];
    for (const write of this.#pending) {
      if (write.due > at) later.push(write);
      else {
        if (write.issue === null) this.#indexed.delete(write.id);
        else this.#indexed.set(write.id, write.issue);
        this.#inOrder = null;
      }
    }
    this.#pending = later;
  }
}
