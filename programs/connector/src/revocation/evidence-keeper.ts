/**
 * After each dial: which sources its chain names, for the plan; and the bytes that decided, with the anchor, so that the
 * evidence can be judged again without us. It works behind the dial and holds nothing up.
 */
import { createHash } from 'node:crypto';
import type { RevocationFolder } from '@sallyport/revocation-fetch';
import {
  housekeepingScope,
  keepCertificate,
  keepContents,
  keptContents,
  replaceUses,
  type Connection,
  type Scope,
  type Store,
} from '@sallyport/store';
import type { DialEvidence } from '@sallyport/tls-dialer';
import { anchorsOf } from '../connections/terms-anchors.ts';
import { errorFields, type Log } from '../log.ts';
import { namedUses, readableChain } from './named-uses.ts';

/** How long it is remembered that something is kept; then its use is noted again, for the retention. */
const rememberMilliseconds = 3_600_000;
/** Dials whose evidence waits; more are left to the next dial of their connection. */
const mostWaiting = 1_000;

/** Whose dial it was. */
export interface DialledConnection {
  readonly connection: Connection;
}

export class EvidenceKeeper {
  readonly #store: Store;
  readonly #folder: RevocationFolder;
  readonly #scope: Scope;
  readonly #log: Log;
  readonly #uses = new Map<string, string>();
  readonly #kept = new Map<string, number>();
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(store: Store, folder: RevocationFolder, connectorId: string, log: Log) {
    this.#store = store;
    this.#folder = folder;
    this.#scope = housekeepingScope(`connector:${connectorId}`);
    this.#log = log;
  }

  take(bound: DialledConnection, evidence: DialEvidence): void {
    const { checks } = evidence.report;
    // Of a chain that nobody trusted no address is followed.
    if (checks.trust.status !== 'pass' || checks.signature.status !== 'pass') return;
    if (bound.connection.terms.revocation === 'off' || this.#waiting >= mostWaiting) return;
    this.#waiting += 1;
    this.#last = this.#last
      .then(() => this.#keep(bound, evidence))
      .catch((error: unknown) => this.#log.warn({ event: 'revocation.evidence-not-kept', ...errorFields(error) }))
      .finally(() => (this.#waiting -= 1));
  }

  close(): Promise<void> {
    return this.#last;
  }

  async #keep(bound: DialledConnection, evidence: DialEvidence): Promise<void> {
    const { id, customerId, terms } = bound.connection;
    const uses = namedUses(readableChain(evidence.chain.map((der) => Buffer.from(der, 'base64'))), terms);
    const text = JSON.stringify(uses);
    if (this.#uses.get(id) !== text) {
      await replaceUses(this.#store, this.#scope, { customerId, connectionId: id }, uses);
      this.#uses.set(id, text);
    }
    await this.#keepAnchor(bound, evidence);
    await this.#keepAnswers(evidence);
  }

  async #keepAnchor(bound: DialledConnection, { report }: DialEvidence): Promise<void> {
    const sha256 = report.path.find(({ role }) => role === 'anchor')?.sha256;
    if (sha256 === undefined || this.#isRemembered(sha256)) return;
    const anchor = anchorsOf(bound.connection.terms.anchors).find(({ certificate }) => certificate?.sha256 === sha256);
    if (anchor?.certificate != null) await keepCertificate(this.#store, anchor.certificate.der, new Date());
    this.#remember(sha256);
  }

  async #keepAnswers({ revocation = [], staple }: DialEvidence): Promise<void> {
    const answers = revocation.flatMap(({ kind, sha256 }) =>
      sha256 === null || this.#isRemembered(sha256) ? [] : [{ kind, sha256 }],
    );
    if (answers.length === 0) return;
    const at = new Date();
    const kept = await keptContents(
      this.#store,
      answers.map(({ sha256 }) => sha256),
      at,
    );
    for (const { kind, sha256 } of answers) {
      const der = kept.has(sha256) ? null : await this.#bytesOf(sha256, staple);
      if (der !== null) await keepContents(this.#store, [{ kind, der }], at);
      this.#remember(sha256);
    }
  }

  async #bytesOf(sha256: string, staple: string | undefined): Promise<Uint8Array | null> {
    const stapled = staple === undefined ? null : Buffer.from(staple, 'base64');
    if (stapled !== null && createHash('sha256').update(stapled).digest('hex') === sha256) return stapled;
    return this.#folder.content(sha256);
  }

  #isRemembered(sha256: string): boolean {
    return (this.#kept.get(sha256) ?? 0) > Date.now() - rememberMilliseconds;
  }

  #remember(sha256: string): void {
    if (this.#kept.size > 10_000) this.#kept.clear();
    this.#kept.set(sha256, Date.now());
  }
}
