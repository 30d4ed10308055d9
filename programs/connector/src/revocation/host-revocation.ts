/**
 * Revocation data of this host: one folder that its connectors share, fetched in the way of each connection. What a dial
 * is told of it comes from here: the data, and the rules of the terms with the softenings that are in force.
 */
import { noOlderThan, openRevocationFolder, type FetchWay, type RevocationFolder } from '@sallyport/revocation-fetch';
import { holdSourceLock, softeningsInForce, type Store } from '@sallyport/store';
import type { Terms } from '@sallyport/terms';
import type {
  DialEvidence,
  DialTarget,
  ForwardProxy,
  RevocationData,
  RevocationRules,
  SoftenedAuthority,
} from '@sallyport/tls-dialer';
import type { TrustAnchor } from '@sallyport/x509';
import type { Log } from '../log.ts';
import { EvidenceKeeper, type DialledConnection } from './evidence-keeper.ts';

export interface HostRevocation {
  /** Name of this host among those that the database knows. */
  readonly host: string;
  readonly folder: RevocationFolder;
  /** What a dial under these terms is told. */
  dialMembers(
    terms: Terms,
    proxy: ForwardProxy | null,
    anchors: readonly TrustAnchor[],
  ): Required<Pick<DialTarget, 'revocationData' | 'revocationRules'>>;
  /** The same for a dial that a person waits for: also what failed a short while ago is asked, for it may have been mended. */
  forPerson(): HostRevocation;
  /** A dial has ended: what it was shown is planned for, and what decided it is kept. Never throws and never waits. */
  dialled(bound: DialledConnection, evidence: DialEvidence): void;
  /** Reads which softenings are in force; they end by themselves also when this cannot be read. */
  readSoftenings(): Promise<void>;
  close(): Promise<void>;
}

const hour = 3_600_000;

export function openHostRevocation(options: {
  readonly folder: string;
  readonly host: string;
  readonly store: Store;
  readonly connectorId: string;
  readonly log: Log;
}): HostRevocation {
  const { host, store } = options;
  const folder = openRevocationFolder({
    folder: options.folder,
    lock: { hold: (name, signal, work) => holdSourceLock(store, host, name, signal, work) },
  });
  const keeper = new EvidenceKeeper(store, folder, options.connectorId, options.log);
  let softened: readonly SoftenedAuthority[] = [];
  const inWay = (ignoreBackOff: boolean): HostRevocation => ({
    host,
    folder,
    dialMembers: (terms, proxy, anchors) => ({
      revocationData: dataUnder(
        terms,
        folder.forConnection({ ...fetchWay(terms, proxy, anchors), ...(ignoreBackOff ? { ignoreBackOff } : {}) }),
      ),
      revocationRules: rulesOf(terms, softened),
    }),
    forPerson: () => inWay(true),
    dialled: (bound, evidence) => keeper.take(bound, evidence),
    readSoftenings: async () => {
      const found = await softeningsInForce(store, new Date());
      softened = found.map(({ authority, endsAt }) => ({ authority, until: endsAt.getTime() }));
    },
    close: async () => {
      await keeper.close();
      folder.close();
    },
  });
  return inWay(false);
}

/** Through the connection's own proxy, and to private addresses only where its terms allow them. */
function fetchWay(terms: Terms, proxy: ForwardProxy | null, anchors: readonly TrustAnchor[]): FetchWay {
  const crlAddresses = (terms.revocationRules?.crlAddresses ?? []).map(({ authority, url }) => ({
    issuer: authority,
    url,
  }));
  return {
    proxy,
    allowPrivate: terms.allowPrivate,
    crlAddresses,
    ...(terms.anchors.kind === 'pem' ? { anchors } : {}),
  };
}

function rulesOf({ revocationRules: rules = {} }: Terms, softened: readonly SoftenedAuthority[]): RevocationRules {
  const { graceHours, greatestAgeHours, anchorIssuesNoRevocationData } = rules;
  return {
    softened,
    ...(graceHours === undefined ? {} : { gracePeriodMilliseconds: graceHours * hour }),
    ...(greatestAgeHours === undefined ? {} : { maximumOcspAgeMilliseconds: greatestAgeHours * hour }),
    ...(anchorIssuesNoRevocationData === undefined ? {} : { anchorIssuesNoRevocationData }),
  };
}

function dataUnder({ revocationRules: rules }: Terms, data: RevocationData): RevocationData {
  return rules?.greatestAgeHours === undefined ? data : noOlderThan(data, rules.greatestAgeHours * hour);
}
