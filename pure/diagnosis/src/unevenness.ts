/** Whether the nodes behind one name behave alike: the same hello and the same dial, asked again and elsewhere. */
import type { Facts } from './facts.ts';
import type { ObservedDial, ObservedHello } from './observations.ts';
import type { Certainty, Severity } from './rule.ts';

export interface Unevenness {
  readonly probe: string;
  /** One sentence. */
  readonly difference: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
}

/** Null where nothing differs, or nothing was asked twice. */
export function unevenness(facts: Facts): Unevenness | null {
  const { hellos, dials } = facts.observations;
  const first = facts.hello('hello');
  const others = hellos.filter(({ probe, outcome }) => probe.startsWith('again:') && outcome !== 'unreachable');
  const { main } = facts;
  for (const dial of dials.filter(({ probe }) => probe.startsWith('address:'))) {
    if (main === null || outcomeOf(dial) === outcomeOf(main)) continue;
    return {
      probe: dial.probe,
      difference: `${main.address ?? 'the first address'}: ${outcomeOf(main)}; ${dial.address ?? dial.probe}: ${outcomeOf(dial)}.`,
      severity: 'failure',
      certainty: 'certain',
    };
  }
  for (const hello of others) {
    if (first === null) break;
    if (heard(hello) !== heard(first))
      return {
        probe: hello.probe,
        difference: `the same hello got once ${heard(first)}, and once ${heard(hello)}.`,
        severity: 'failure',
        certainty: 'likely',
      };
  }
  const shown = [first, ...others].flatMap((hello) => hello?.endEntity ?? []);
  const other = shown.find(({ sha256 }) => sha256 !== shown[0]?.sha256);
  if (other === undefined || shown[0] === undefined) return null;
  // Two certificates that are both good are a renewal under way; when the one that was dialled is refused, a node was forgotten.
  return {
    probe: others.find(({ endEntity }) => endEntity?.sha256 === other.sha256)?.probe ?? 'again:1',
    difference: `one shows the certificate ${shown[0].serial} until ${shown[0].notAfter}, another ${other.serial} until ${other.notAfter}.`,
    severity: facts.serverRefused ? 'failure' : 'note',
    certainty: 'certain',
  };
}

function outcomeOf(dial: ObservedDial): string {
  return dial.verdict === 'accepted' ? 'accepted' : (dial.error?.code ?? dial.verdict);
}

function heard(hello: ObservedHello): string {
  return hello.outcome === 'alert'
    ? `alert ${hello.alert}`
    : hello.outcome === 'server-hello'
      ? `${hello.version}`
      : hello.outcome;
}
