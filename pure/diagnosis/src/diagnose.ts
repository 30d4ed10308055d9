/** From observations to ranked findings: every rule is asked, nothing is left out, and the best explained comes first. */
import { alertName, farSideTexts } from './far-side-log.ts';
import type { LogText } from './far-side-log.ts';
import { Facts } from './facts.ts';
import { localTime } from './local-time.ts';
import type { Actor, Observations, ObservedTarget } from './observations.ts';
import { repeatCommand } from './repeat-command.ts';
import type { Certainty, Match, Rule, Severity } from './rule.ts';
import { rules } from './rules.ts';

/** A line to search for in the far side's log. */
export interface LogSearch {
  /** RFC 3339 with milliseconds: UTC, and in the time zone of whoever asked. */
  readonly utc: string;
  readonly local: string;
  readonly ourAddress: string | null;
  readonly ourPort: number | null;
  /** Null: an address was dialled, and no server name sent. */
  readonly serverName: string | null;
  /** Of our certificate, where it was sent. */
  readonly serialSent: string | null;
  readonly alertReceived: number | null;
  readonly texts: readonly LogText[];
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly cause: string;
  readonly actor: Actor;
  readonly citation: string;
  readonly observation: { readonly probe: string; readonly saw: string };
  readonly whatToDo: string;
  /** A whole letter, facts filled in, for whoever can act. */
  readonly textToSend: string;
  readonly tellApart: string;
  readonly farSideLog: LogSearch | null;
  readonly repeatCommand: string;
}

const severities: Readonly<Record<Severity, number>> = { failure: 300, weakness: 200, note: 100 };
const certainties: Readonly<Record<Certainty, number>> = { certain: 30, likely: 20, possible: 10 };

/** Ranked, best explained first; empty where there is nothing to say. */
export function diagnose(observations: Observations, table: readonly Rule[] = rules): Finding[] {
  const facts = new Facts(observations);
  const matches = table.flatMap((rule) => {
    const match = rule.match(facts);
    return match === null ? [] : [{ rule, match }];
  });
  const isFailure = ({ rule, match }: (typeof matches)[number]): boolean =>
    rule.onlyAlone !== true && (match.severity ?? rule.severity) === 'failure';
  const told = matches.filter(({ rule }) => rule.onlyAlone !== true || !matches.some(isFailure));
  const weight = ({ rule, match }: (typeof matches)[number]): number =>
    severities[match.severity ?? rule.severity] + certainties[match.certainty ?? rule.certainty];
  // The order of the table decides between equals: a sort that is stable keeps it.
  return told.toSorted((a, b) => weight(b) - weight(a)).map(({ rule, match }) => findingOf(rule, match, facts));
}

/** `fails`: something stops the work. `weak`: it works, and something should be put right. */
export function verdictOf(findings: readonly Finding[]): 'works' | 'weak' | 'fails' {
  if (findings.some(({ severity }) => severity === 'failure')) return 'fails';
  return findings.some(({ severity }) => severity === 'weakness') ? 'weak' : 'works';
}

function findingOf(rule: Rule, match: Match, facts: Facts): Finding {
  const log = logOf(rule, match, facts);
  const path = facts.observations.http.find(({ probe }) => probe === match.probe)?.path ?? null;
  const fill = filling(match, facts, log, path);
  const actor = match.actor ?? rule.actor;
  const repeat = (target: ObservedTarget): string =>
    repeatCommand({
      kind: rule.repeat,
      target: placedAt(target, match.probe),
      hasCertificate: facts.ours !== null,
      path,
    });
  const told = {
    cause: fill(rule.cause),
    whatToDo: fill(rule.whatToDo),
    repeatCommand: repeat(facts.target),
  };
  const farSideLog = log === null ? null : { ...log, texts: farSideTexts(rule.log, fill) };
  return {
    rule: rule.id,
    severity: match.severity ?? rule.severity,
    certainty: match.certainty ?? rule.certainty,
    actor,
    citation: rule.citation,
    observation: { probe: match.probe, saw: match.saw },
    tellApart: fill(rule.tellApart),
    farSideLog,
    ...told,
    textToSend: letter(
      actor,
      { ...told, repeatCommand: repeat(targetSeenBy(actor, facts.target)) },
      match,
      farSideLog,
      facts,
    ),
  };
}

/** A probe of one address was about that address. */
function placedAt(target: ObservedTarget, probe: string): ObservedTarget {
  const [, address] = /^address:(.+)$/.exec(probe) ?? [];
  if (address === undefined) return target;
  const port = /:(\d+)$/.exec(target.dialledPlace ?? '')?.[1] ?? target.port;
  return { ...target, dialledPlace: `${address.includes(':') ? `[${address}]` : address}:${port}` };
}

/** Our proxy is no way for people elsewhere, and its address is not theirs to know. */
function targetSeenBy(actor: Actor, target: ObservedTarget): ObservedTarget {
  if (actor === 'operator' || actor === 'network-team') return target;
  const { proxy: _proxy, ...rest } = target;
  return rest;
}

/** Where and when the far side saw us; null where it never did. */
function logOf(rule: Rule, match: Match, facts: Facts): Omit<LogSearch, 'texts'> | null {
  if (rule.log === 'nothing') return null;
  const { observations, target } = facts;
  const dial = facts.dial(match.probe) ?? facts.main;
  const hello = facts.hello(match.probe);
  const seen = hello ?? dial;
  const address = dial?.sourceAddress ?? null;
  if (seen === null || seen.address === null) return null;
  const http = observations.http.find(({ probe }) => probe === match.probe);
  const at = hello === null && http !== undefined ? http.at : seen.at;
  return {
    utc: at,
    local: localTime(at, observations.timeZone),
    ourAddress: address,
    ourPort: seen.sourcePort,
    serverName: match.probe === 'without-sni' || /^[\d.]+$|:/.test(target.host) ? null : target.host,
    serialSent: hello === null && dial?.sent === true && dial.identity === 'ours' ? (facts.ours?.serial ?? null) : null,
    alertReceived: seen.alert ?? http?.alert ?? null,
  };
}

function filling(
  match: Match,
  facts: Facts,
  log: Omit<LogSearch, 'texts'> | null,
  path: string | null,
): (text: string) => string {
  const { target, ours, leaf } = facts;
  const values: Record<string, string> = {
    host: target.host,
    port: String(target.port),
    place: target.dialledPlace ?? `${target.host}:${target.port}`,
    address: facts.main?.address ?? target.dialledPlace ?? target.host,
    source: log?.ourAddress ?? facts.main?.sourceAddress ?? 'our egress addresses',
    policy: target.policy,
    suites: target.suites.join(', '),
    contextPath: target.contextPath === '' ? '/' : target.contextPath,
    path: path ?? `${target.contextPath}/rest/api/2/serverInfo`,
    ourSubject: ours?.subject ?? 'our certificate',
    ourIssuer: ours?.issuer ?? 'its authority',
    ourSerial: ours?.serial ?? 'unknown',
    ourNotAfter: ours?.notAfter ?? 'unknown',
    ourNotBefore: ours?.notBefore ?? 'unknown',
    subject: leaf?.subject ?? 'the certificate',
    issuer: leaf?.issuer ?? 'its issuer',
    notAfter: leaf?.notAfter ?? 'unknown',
    notBefore: leaf?.notBefore ?? 'unknown',
    alert: String(log?.alertReceived ?? facts.main?.alert ?? ''),
    alertName: alertName(log?.alertReceived ?? facts.main?.alert ?? null),
    ...match.fill,
  };
  return (text) => text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

const salutations: Readonly<Record<Actor, string>> = {
  operator: 'To the operator of Sallyport',
  customer: 'To the administrators of Jira and of the proxy in front of it',
  'network-team': 'To the network team',
  'certificate-authority': 'To the certificate authority',
};

function letter(
  actor: Actor,
  told: Pick<Finding, 'cause' | 'whatToDo' | 'repeatCommand'>,
  match: Match,
  log: LogSearch | null,
  { target }: Facts,
): string {
  const lines = [
    `${salutations[actor]}:`,
    '',
    `Our connection to ${target.url}: ${told.cause}`,
    `What we saw (${match.probe}): ${match.saw}`,
    '',
    `Please ${told.whatToDo}`,
  ];
  if (log !== null && actor !== 'operator') {
    const from =
      log.ourAddress === null ? '' : `, from ${log.ourAddress}${log.ourPort === null ? '' : ` port ${log.ourPort}`}`;
    lines.push('', `In your log you find it at ${log.utc} (${log.local})${from}.`);
    lines.push(`Server name (SNI): ${log.serverName ?? 'none sent'}.`);
    if (log.serialSent !== null) lines.push(`Serial number of the certificate that we sent: ${log.serialSent}.`);
    if (log.alertReceived !== null)
      lines.push(`You answered with TLS alert ${log.alertReceived} (${alertName(log.alertReceived)}).`);
    for (const { product, text } of log.texts) lines.push(`  ${product}: ${text}`);
  }
  // Only we have our key: to others such a command is of no use.
  if (actor === 'operator' || !told.repeatCommand.includes('client.key'))
    lines.push('', 'To see it without us:', `  ${told.repeatCommand}`);
  return lines.join('\n');
}
