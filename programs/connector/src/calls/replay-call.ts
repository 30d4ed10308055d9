/**
 * A change of policy, trust list or revocation mode, replayed before it is made: the chains that were accepted last are
 * judged under the terms in force and under the changed ones. Nothing is sent to a far side, and nothing changes.
 */
import { askSources } from '@sallyport/revocation-fetch';
import {
  findContents,
  findHandshakes,
  housekeepingScope,
  lastAcceptedChains,
  listConnections,
  type Connection,
  type InteractiveCall,
  type ShownChain,
  type StoredHandshake,
} from '@sallyport/store';
import { termsFaults, type Terms } from '@sallyport/terms';
import { judgeChain, type DialTarget } from '@sallyport/tls-dialer';
import { checkNames, type CheckName } from '@sallyport/tls-policy';
import { utcInstant } from '@sallyport/x509';
import { BindingError } from '../connections/binding-error.ts';
import { bindConnection } from '../connections/bound-connection.ts';
import { dialTarget } from '../connections/dial-target.ts';
import type { Connector } from '../connector.ts';
import { readableChain } from '../revocation/named-uses.ts';

type ReplayedChange = Partial<Pick<Terms, 'revocation' | 'revocationRules' | 'tlsPolicy' | 'anchors'>>;

interface Refusal {
  readonly connectionId: string;
  readonly name: string;
  readonly host: string;
  readonly check: CheckName | null;
  readonly code: string;
  readonly message: string;
  readonly actor: string | null;
  readonly handshakeId: string;
  readonly seenAt: string;
}

export interface ReplayOutcome {
  readonly judged: number;
  readonly refused: readonly Refusal[];
  readonly notJudged: readonly { readonly connectionId: string; readonly name: string; readonly host: string }[];
}

/** Refusals that are listed; whoever would refuse more than this has seen enough. */
const mostRefused = 1_000;
/** Chains judged between two looks whether somebody else is to go first. */
const atOnce = 50;
const askMilliseconds = 12_000;

export async function answerReplay(
  connector: Connector,
  call: InteractiveCall,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  const { callStore, connectorId, egressGroup } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  const { change, connectionIds } = readParameters(call.parameters);
  const connections = (await listConnections(callStore, scope)).filter(
    ({ id, state, terms }) =>
      terms.egressGroup === egressGroup &&
      (connectionIds === null ? ['active', 'failing', 'paused'].includes(state) : connectionIds.includes(id)),
  );
  const outcome = { judged: 0, refused: [] as Refusal[], notJudged: [] as ReplayOutcome['notJudged'][number][] };
  for (let first = 0; first < connections.length && !signal.aborted; first += atOnce) {
    const some = connections.slice(first, first + atOnce);
    const ids = some.map(({ id }) => id);
    const chains = await lastAcceptedChains(callStore, scope, ids);
    const handshakeIds = [...chains.values()].map(({ handshakeId }) => handshakeId);
    const handshakes = await findHandshakes(callStore, scope, handshakeIds);
    for (const connection of some) {
      const shown = chains.get(connection.id);
      const handshake = shown === undefined ? undefined : handshakes.get(shown.handshakeId);
      const refusal =
        shown === undefined || handshake === undefined
          ? 'not-judged'
          : await replay(connector, connection, shown, handshake, change, signal);
      const { id: connectionId, name, host } = connection;
      if (refusal === 'not-judged') outcome.notJudged.push({ connectionId, name, host });
      else {
        outcome.judged += 1;
        if (refusal !== null && outcome.refused.length < mostRefused) outcome.refused.push(refusal);
      }
    }
  }
  return outcome;
}

/** Null where it would be accepted, or is refused already as things are. */
async function replay(
  connector: Connector,
  connection: Connection,
  shown: ShownChain,
  handshake: StoredHandshake,
  change: ReplayedChange,
  signal: AbortSignal,
): Promise<Refusal | null | 'not-judged'> {
  const changed: Terms = { ...connection.terms, ...change };
  const found = { connectionId: connection.id, name: connection.name, host: connection.host };
  const seen = { handshakeId: shown.handshakeId, seenAt: shown.at.toISOString() };
  const fault = termsFaults(changed)[0];
  if (fault !== undefined)
    return { ...found, ...seen, check: null, code: fault.code, message: fault.message, actor: 'operator' };
  try {
    // Where revocation was not looked at, nothing is held: what the chain names is asked, as it would be from then on.
    if (connection.terms.revocation === 'off' && changed.revocation !== 'off')
      await warm(connector, connection, shown, signal);
    const staples = await staplesOf(connector, handshake);
    const now = utcInstant(Date.now());
    const before = judgeChain(
      shown.chain,
      withStaples(targetUnder(connector, connection, connection.terms), staples),
      now,
    );
    if (before.report.verdict !== 'accepted') return null;
    const target = targetUnder(connector, connection, changed);
    const after = judgeChain(shown.chain, withStaples(target, staples), now);
    if (after.report.verdict !== 'accepted') {
      const { checks } = after.report;
      const check =
        checkNames.find((name) => checks[name].status === 'fail') ??
        checkNames.find((name) => checks[name].status === 'unknown') ??
        'trust';
      const { code, message, actor } = checks[check];
      return { ...found, ...seen, check, code, message, actor };
    }
    const suite = suiteOf(handshake);
    if (suite === null || target.policy.suites.some(({ iana }) => iana === suite)) return null;
    const message = `The far side chose ${suite} last, which the policy ${target.policy.id} does not offer; it may have another.`;
    return { ...found, ...seen, check: null, code: 'no-common-suite', message, actor: 'customer' };
  } catch (error) {
    if (error instanceof BindingError) return 'not-judged';
    throw error;
  }
}

/** Judged only, never dialled: no secret is opened for it. */
function targetUnder(connector: Connector, connection: Connection, terms: Terms): DialTarget {
  return dialTarget({
    connection: { ...connection, terms },
    clientCertificate: null,
    proxyCredential: null,
    revocation: connector.revocation,
  });
}

async function warm(
  connector: Connector,
  connection: Connection,
  { chain }: ShownChain,
  signal: AbortSignal,
): Promise<void> {
  const payload = { connectionId: connection.id, customerId: connection.customerId };
  const bound = await bindConnection(connector, payload, 'current', 'judging');
  if (bound === null) return;
  const { revocationData, anchors } = dialTarget(bound);
  if (revocationData === undefined) return;
  const certificates = readableChain(chain);
  const question = { certificates, issuers: [...certificates, ...anchors] };
  const ending = AbortSignal.any([signal, AbortSignal.timeout(askMilliseconds)]);
  await askSources(revocationData, question, ending, {});
}

/** What the far side stapled then counts while its window lasts: it staples again. */
async function staplesOf(connector: Connector, { evidence }: StoredHandshake): Promise<readonly Uint8Array[]> {
  const answers = (evidence as { revocation?: readonly { from?: unknown; sha256?: unknown }[] }).revocation ?? [];
  const digests = answers.flatMap(({ from, sha256 }) =>
    from === 'staple' && typeof sha256 === 'string' ? [sha256] : [],
  );
  if (digests.length === 0) return [];
  return [...(await findContents(connector.callStore, digests)).values()].map(({ der }) => der);
}

function withStaples(target: DialTarget, staples: readonly Uint8Array[]): DialTarget {
  const { revocationData } = target;
  if (staples.length === 0 || revocationData === undefined) return target;
  return {
    ...target,
    revocationData: Object.assign(Object.create(revocationData) as typeof revocationData, {
      held: (...question: Parameters<typeof revocationData.held>) => {
        const held = revocationData.held(...question);
        return { ...held, ocspResponses: [...held.ocspResponses, ...staples] };
      },
      failures: (...question: Parameters<typeof revocationData.failures>) => revocationData.failures(...question),
    }),
  };
}

function suiteOf({ evidence }: StoredHandshake): string | null {
  const { tls } = evidence as { tls?: { suite?: unknown } | null };
  return typeof tls?.suite === 'string' && tls.suite !== '' ? tls.suite : null;
}

/** The web tier has judged the form; what is no change here changes nothing. */
function readParameters({ change, connectionIds }: InteractiveCall['parameters']): {
  readonly change: ReplayedChange;
  readonly connectionIds: readonly string[] | null;
} {
  return {
    change: typeof change === 'object' && change !== null ? (change as ReplayedChange) : {},
    connectionIds: Array.isArray(connectionIds) ? connectionIds.map(String) : null,
  };
}
