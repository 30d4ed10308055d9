/** One run: the probes in their order, each asked whether it is needed and allowed, all within one budget. */
import { Deadline, DeadlinePassed, DialError, resolveHost } from '@sallyport/tls-dialer';
import type { DialTarget, ForwardProxy } from '@sallyport/tls-dialer';
import { readIpAddress } from '@sallyport/addresses';
import { isPublicAnchor } from '@sallyport/tls-dialer';
import type { Observations, ObservedProxy } from '@sallyport/diagnosis';
import { namesOf, ownCertificateFacts } from './certificate-facts.ts';
import { probeDial } from './dial-probe.ts';
import { sayHello } from './hello/say-hello.ts';
import { suiteNumbers } from './hello/suite-numbers.ts';
import type { DoctorOptions, Probe, ProbeContext, ProbeRun, Sightings } from './probe.ts';
import { ProbeBudget } from './probe-budget.ts';
import { probes } from './probes/probe-table.ts';

export interface DoctorRun {
  readonly observations: Observations;
  readonly probes: readonly ProbeRun[];
  readonly handshakes: number;
  readonly requests: number;
  readonly milliseconds: number;
}

/** Milliseconds for the look-up of the other addresses. */
const lookUpMilliseconds = 2_000;
/** Names of anchors that are kept. */
const keptAnchorNames = 50;

/** Runs once. Never rejects for what the far side or the network does. */
export async function runDoctor(options: DoctorOptions): Promise<DoctorRun> {
  const began = performance.now();
  const at = new Date().toISOString();
  const budget = new ProbeBudget(() => performance.now());
  const seen: Sightings = { dials: [], hellos: [], http: [], ownRevocation: 'unknown', chain: [], issuerFetch: null };
  const context = contextOf(options, budget, seen, await otherAddresses(options.target));
  const runs: ProbeRun[] = [];
  for (const probe of probes) runs.push(await runProbe(probe, context));
  return {
    observations: observationsOf(options, at, seen),
    probes: runs,
    handshakes: budget.handshakes,
    requests: budget.requests,
    milliseconds: Math.round(performance.now() - began),
  };
}

function observationsOf(
  options: DoctorOptions,
  at: string,
  { ownRevocation, chain: _chain, ...seen }: Sightings,
): Observations {
  const empty = emptyObservations(options, at);
  return { ...empty, ...seen, ours: empty.ours === null ? null : { ...empty.ours, revocation: ownRevocation } };
}

/** What is known before anything was dialled. */
export function emptyObservations(options: DoctorOptions, at: string): Observations {
  const { target, url } = options;
  const agreed = target.anchors.some((anchor) => !isPublicAnchor(anchor));
  return {
    at,
    timeZone: options.timeZone,
    target: {
      url: url.href,
      host: target.host,
      port: target.port,
      contextPath: url.contextPath,
      dialledPlace: target.connectTo === null ? null : placeOf(target.connectTo),
      policy: target.policy.id,
      suites: target.policy.suites.map(({ iana }) => iana),
      anchors: agreed ? 'private' : 'public',
      anchorNames: agreed ? target.anchors.flatMap((anchor) => namesOf(anchor.subject)).slice(0, keptAnchorNames) : [],
      ...(target.proxy == null ? {} : { proxy: proxyOf(target.proxy) }),
    },
    ours: target.clientCertificate === null ? null : ownCertificateFacts(target.clientCertificate, 'unknown'),
    dials: [],
    hellos: [],
    http: [],
    issuerFetch: null,
    intake: null,
    lastError: options.lastError,
    authentication: options.authentication,
    serialSeenThere: options.serialSeenThere,
  };
}

function placeOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function proxyOf({ url, authentication, anchors }: ForwardProxy): ObservedProxy {
  return {
    url,
    authentication: authentication.kind,
    anchors: anchors.some((anchor) => !isPublicAnchor(anchor)) ? 'private' : 'public',
  };
}

async function runProbe(probe: Probe, context: ProbeContext): Promise<ProbeRun> {
  const { budget, options } = context;
  const before = {
    handshakes: budget.handshakes,
    requests: budget.requests,
    at: performance.now(),
    seen: seenBy(context),
  };
  const told = (outcome: ProbeRun['outcome']): ProbeRun => ({
    id: probe.id,
    title: probe.title,
    kind: probe.kind,
    outcome,
    handshakes: budget.handshakes - before.handshakes,
    requests: budget.requests - before.requests,
    milliseconds: Math.round(performance.now() - before.at),
  });
  if (probe.kind === 'negative' && !options.negativeProbes) return told('not-allowed');
  // A name without an address, a port that refuses: the other questions would be asked of nobody.
  if (!probe.isNeeded(context) || (probe.id !== 'ours' && isUnreachable(context))) return told('not-needed');
  if (probe.kind === 'negative' && budget.alarmed) return told('stopped');
  if (budget.left === 0) return told('no-budget');
  await probe.run(context);
  return told(probe.asksFarSide !== false && seenBy(context) === before.seen ? 'no-budget' : 'ran');
}

/** How much was seen so far: a probe that adds nothing had no budget to look. */
function seenBy({ seen }: ProbeContext): number {
  return seen.dials.length + seen.hellos.length + seen.http.length;
}

/** Codes of dials that ended before the far side could say a word. */
const unreachable = new Set([
  'dns',
  'address-forbidden',
  'connect-refused',
  'connect-timeout',
  'client-certificate-malformed',
  'client-key-mismatch',
  // Nothing may be dialled under terms that nobody accepted.
  'tls13-not-accepted',
]);

function isUnreachable({ seen }: ProbeContext): boolean {
  const code = seen.dials.find(({ probe }) => probe === 'ours')?.error?.code ?? '';
  // Who says nothing twice would say nothing again, and each time costs its whole time-out.
  const isSilent = code === 'handshake-timeout' && seen.hellos.some(({ outcome }) => outcome === 'timeout');
  return unreachable.has(code) || code.startsWith('proxy-') || isSilent;
}

function contextOf(
  options: DoctorOptions,
  budget: ProbeBudget,
  seen: Sightings,
  addresses: readonly string[],
): ProbeContext {
  const { target } = options;
  const usual = {
    version: 0x0303,
    offersTls13: false,
    suites: suiteNumbers(target.policy.suites.map(({ iana }) => iana)),
    // RFC 6066 §3: an address is no server name.
    serverName: readIpAddress(target.host) === null ? target.host : null,
  };
  const at = (address: string | undefined): DialTarget =>
    address === undefined
      ? target
      : { ...target, connectTo: { host: address, port: (target.connectTo ?? target).port } };
  return {
    options,
    budget,
    seen,
    addresses,
    hello: async (probe, offer, address) =>
      budget.takeHandshake() ? await sayHello(probe, at(address), { ...usual, ...offer }, budget.left) : null,
    dial: (probe, identity, certificate, address) => probeDial(probe, identity, at(address), certificate, budget),
  };
}

/** Every address of the name; none where a proxy resolves it, or where it does not resolve. */
async function otherAddresses(target: DialTarget): Promise<readonly string[]> {
  if (target.proxy != null) return [];
  const deadline = new Deadline(lookUpMilliseconds);
  try {
    return await resolveHost((target.connectTo ?? target).host, target.allowPrivate, deadline);
  } catch (error) {
    if (error instanceof DialError || error instanceof DeadlinePassed) return [];
    throw error;
  } finally {
    deadline.end();
  }
}
