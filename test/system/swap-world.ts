/** What tests of swaps need: connections on the operator's certificate, and others of the same authority and name to come. */
import { randomBytes } from 'node:crypto';
import type { Identity } from '@sallyport/sandbox';
import type { SwapFacts } from '@sallyport/lifecycle';
import {
  advanceSwap,
  approveSwap,
  askSwap,
  currentSealKey,
  findSlots,
  findSwap,
  housekeepingScope,
  insertConnection,
  insertCustomer,
  openStore,
  proposeSwap,
  sealSecret,
  type Connection,
  type NewSwap,
  type SlotPointer,
  type Store,
  type SwapAdvance,
  type SwapAsk,
  type SwapWithEvidence,
} from '@sallyport/store';
import { defaultTerms, type TermsChoices } from '@sallyport/terms';
import type { SealKeyPair } from '@sallyport/store/open-sealed';
import { Authority } from './far-side.ts';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { storeCertificate } from './stored-certificate.ts';
import { operator, registeredKey } from './stored-connection.ts';

export const connectorScope = housekeepingScope('connector:test');

export class SwapWorld {
  readonly database: EmbeddedDatabase;
  readonly web: Store;
  readonly connector: Store;
  readonly sealKey: SealKeyPair;
  readonly authority: Authority;
  constructor(database: EmbeddedDatabase, web: Store, connector: Store, sealKey: SealKeyPair, authority: Authority) {
    this.database = database;
    this.web = web;
    this.connector = connector;
    this.sealKey = sealKey;
    this.authority = authority;
  }

  static async start(authority = new Authority()): Promise<SwapWorld> {
    const database = await startDatabase();
    const web = openStore({ url: database.web, applicationName: 'test-web' });
    const connector = openStore({ url: database.connector, applicationName: 'test-connector' });
    return new SwapWorld(database, web, connector, await registeredKey(connector), authority);
  }

  async stop(): Promise<void> {
    await Promise.all([this.web.close(), this.connector.close()]);
    await this.database.stop();
  }

  /** Stores a certificate of the operator; gives its id. */
  certificate(identity: Identity = this.authority.client(), isDefault = false): Promise<string> {
    const anchorsPem = this.authority.root.certificatePem;
    return storeCertificate(this.connector, identity, { anchorsPem, isDefault });
  }

  /** A connection of a new customer, on the default certificate unless another is named. */
  async connection(
    choices: Partial<TermsChoices> = {},
    clientCertificateId: string | null = null,
  ): Promise<Connection> {
    const name = `Customer ${randomBytes(4).toString('hex')}`;
    const customer = await insertCustomer(this.web, operator, name);
    const key = await currentSealKey(this.web);
    if (customer === null || key === null) throw new Error('the test has no customer or no key');
    const contact = { name: 'A', email: 'a@example.org' };
    return insertConnection(this.web, operator, {
      customerId: customer.id,
      name: 'Jira',
      terms: defaultTerms({
        baseUrl: `https://jira-${randomBytes(4).toString('hex')}.example`,
        accountName: 'svc-align',
        projectKeys: ['ACME'],
        contacts: { owner: contact, technical: contact },
        ...choices,
      }),
      credential: await sealSecret(key, { customerId: customer.id, purpose: 'jira-credential', plaintext: 'token' }),
      clientCertificateId,
      isSandbox: false,
      hostConfirmed: true,
    });
  }

  propose(swap: NewSwap): Promise<string> {
    return proposeSwap(this.web, operator, swap);
  }
  ask(id: string, ask: SwapAsk, detail: object = {}): Promise<string> {
    return askSwap(this.web, operator, id, ask, detail);
  }
  async advance(id: string, sight: Parameters<typeof advanceSwap>[3] = null): Promise<SwapAdvance> {
    const advance = await advanceSwap(this.connector, connectorScope, id, sight);
    if (advance === null) throw new Error('there is no such swap');
    return advance;
  }
  async swap(id: string): Promise<SwapWithEvidence> {
    const found = await findSwap(this.web, operator, id);
    if (found === null) throw new Error('there is no such swap');
    return found;
  }
  async facts(id: string): Promise<SwapFacts> {
    return (await this.swap(id)).swap.facts;
  }
  async slot({ slotId }: Connection): Promise<SlotPointer> {
    const [slot] = await findSlots(this.connector, connectorScope, [slotId ?? '']);
    if (slot === undefined) throw new Error('there is no such slot');
    return slot;
  }

  /** Of exactly what is proposed now. */
  async approve(id: string, side: 'operator' | 'customer' = 'operator'): Promise<void> {
    const { next, window, termsSha256 } = await this.facts(id);
    if (window === null) throw new Error('no window has been chosen');
    await approveSwap(this.web, operator, id, {
      side,
      byName: 'A person',
      sha256: next.sha256,
      windowStartsAt: window.startsAt,
      windowEndsAt: window.endsAt,
      termsSha256,
    });
  }

  /** What a connector would have seen. */
  async canary(id: string, verdict: 'accepted' | 'refused' | 'failed' = 'accepted'): Promise<SwapAdvance> {
    const { next, termsSha256 } = await this.facts(id);
    const refused = verdict === 'accepted' ? null : 'TLS alert 48.';
    return this.advance(id, {
      kind: 'canary',
      result: {
        connectorId: 'test',
        verdict,
        code: null,
        message: refused,
        sha256: next.sha256,
        termsSha256,
        addresses: [],
        differences: [],
      },
    });
  }

  /** A window that is open now. */
  window(hours = 4): { readonly startsAt: Date; readonly endsAt: Date } {
    return { startsAt: new Date(), endsAt: new Date(Date.now() + hours * 3_600_000) };
  }
}
