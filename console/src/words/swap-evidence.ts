import type { SwapDetail, SwapState } from '@sallyport/console-api';
import { sentence } from './sentence.ts';
import { swapClassWords, swapLine } from './swap.ts';
import { instantWords } from './time.ts';

type Event = SwapDetail['events'][number];
type Names = SwapDetail['names'];

/** An event of a swap for people: a sentence, and the facts that it rests on. */
export interface ToldEvent {
  readonly sentence: string;
  readonly facts: readonly { readonly term: string; readonly detail: string }[];
}

/** Who acted: a person by name, a connector by its id. */
export function swapActorWords(actor: string, names: Names): string {
  const name = names[actor];
  if (name !== undefined) return name;
  if (actor.startsWith('person:')) return 'a person who is gone';
  // One that was revoked since has no name any more.
  if (actor.startsWith('token:')) return 'automation with an API token';
  if (actor.startsWith('connector:')) return connectorWords(actor.slice('connector:'.length));
  return actor;
}

const places: Readonly<Record<string, SwapState>> = {
  propose: 'proposed',
  validate: 'validated',
  'asked-trusted': 'trust-announced',
  'asked-canary-at': 'trust-announced',
  'announce-trust': 'trust-announced',
  'asked-canary': 'canary',
  'canary-accepted': 'canary',
  'canary-refused': 'canary',
  'canary-failed': 'canary',
  'pass-canary': 'canary',
  'void-canary': 'canary',
  'asked-schedule': 'scheduled',
  schedule: 'scheduled',
  'void-schedule': 'scheduled',
  activate: 'active',
  'handshake-accepted': 'observed',
  'handshake-failed': 'observed',
  observe: 'observed',
  'asked-finish': 'done',
  finish: 'done',
};

function connectorWords(id: string): string {
  return id.startsWith('connector') ? id : `connector ${id}`;
}

/** Events by the state that they are evidence of; what stops it or lets it go on stands under the state that it was about to reach. */
export function swapEventsByState<Placed extends Pick<Event, 'step' | 'from'>>(
  events: readonly Placed[],
): ReadonlyMap<SwapState, readonly Placed[]> {
  const line: readonly SwapState[] = swapLine;
  const placed = new Map<SwapState, Placed[]>();
  let stoppedBefore: SwapState = 'validated';
  for (const event of events) {
    const { step, from } = event;
    if (from !== null && from !== 'blocked') stoppedBefore = line[line.indexOf(from) + 1] ?? stoppedBefore;
    const place = places[step] ?? stoppedBefore;
    placed.set(place, [...(placed.get(place) ?? []), event]);
  }
  return placed;
}

export function swapEventWords(event: Event, names: Names): ToldEvent {
  const { step, evidence } = event;
  const text = (...path: readonly string[]): string | null => textAt(evidence, path);
  const by = swapActorWords(text('by') ?? event.actor, names);
  const reason = text('reason', 'message');
  const because = reason === null ? '.' : `: ${reason}`;
  const told = (words: string, ...facts: readonly (readonly [string, string | null])[]): ToldEvent => ({
    sentence: sentence(words),
    facts: facts.flatMap(([term, detail]) => (detail === null ? [] : [{ term, detail }])),
  });
  switch (step) {
    case 'propose':
      return told(`${by} proposed it.`, ['Note', text('note')]);
    case 'validate':
      return told(
        text('revoked') === 'false'
          ? 'The next certificate is usable: valid, readable, for clients, not revoked.'
          : 'The next certificate is usable: valid, readable, for clients. Whether it is revoked is not known.',
        ['Class', classText(text('class'))],
        ['Valid until', instantText(text('notAfter'))],
      );
    case 'asked-trusted':
      return told(`${by} recorded that the customer trusts the next certificate.`, ['Note', text('note')]);
    case 'asked-canary-at':
      return told(`${by} recorded the agreed time of the canary.`, ['Agreed for', instantText(text('at'))]);
    case 'announce-trust':
      return told(trustSentence(text('trustedAt'), text('agreedTime'), text('emergency')));
    case 'asked-canary':
      return told(`${by} asked for a canary.`);
    case 'canary-accepted': {
      const addresses = listAt(evidence, 'addresses').length;
      return told(`The far side accepted the next certificate ${onAddresses(addresses)}: handshake and read.`);
    }
    case 'canary-refused':
      return told(`The far side refused the next certificate: ${text('message') ?? 'it did not say why.'}`);
    case 'canary-failed':
      return told(`The canary came to nothing: ${text('message') ?? 'no answer.'}`);
    case 'pass-canary':
      return told('The canary holds for this certificate under these terms.');
    case 'void-canary':
      return told('The canary no longer holds: certificate or terms have changed.');
    case 'asked-schedule':
      return told(
        `${by} chose the window.`,
        ['Window', windowWords(text('windowStartsAt'), text('windowEndsAt'))],
        ['Change number', text('changeNumber')],
      );
    case 'schedule':
      return told(
        'Canary, window and approvals hold.',
        ['Change number', text('changeNumber')],
        ['Approvals', String(listAt(evidence, 'approvals').length)],
      );
    case 'void-schedule':
      return told(`What was agreed no longer holds${because}`);
    case 'activate':
      return told('The pointer moved in one write: every connector goes over.', ['Generation', text('generation')]);
    case 'handshake-accepted':
      return told('A full handshake with a read was accepted.', ['Suite', text('suite')]);
    case 'handshake-failed':
      return told(`A handshake failed: ${text('message') ?? 'no answer.'}`);
    case 'observe':
      return told(
        'Handshakes go as they went before.',
        ['Since the activation', countText(evidence, 'after')],
        ['An equal time before', countText(evidence, 'before')],
      );
    case 'asked-finish':
      return told(`${by} asked to finish before the window closes.`);
    case 'finish':
      return told('The old certificate is retired from this connection: there is no way back to it.');
    case 'block':
      // The canary has said why already.
      return told(
        text('reason', 'code')?.startsWith('canary-') === true ? 'Blocked until somebody acts.' : `Blocked${because}`,
      );
    case 'refused':
      return told(`Refused while it was blocked${because}`);
    case 'asked-resume':
      return told(`${by} asked to go on.`);
    case 'resume':
      return told('It went on.');
    case 'cancel':
      return told(`Cancelled${because}`);
    case 'roll-back':
      return told(`The certificate from before serves again${because}`, ['Generation', text('generation')]);
    default:
      return told(`${step}, by ${by}.`);
  }
}

/** What will stand under a state that is not reached. */
export const swapAheadWords: Readonly<Partial<Record<SwapState, string>>> = {
  validated: 'The next certificate is held against what a client certificate needs.',
  'trust-announced': 'The customer says that it is trusted, or a time for the canary is agreed.',
  canary: 'A connector tries it on every address while the current one serves.',
  scheduled: 'Both sides agree on a window; an approval binds to exactly this.',
  active: 'When the window opens the pointer moves, in one write.',
  observed: 'Handshakes and reads are held against the time before. A refusal takes the swap back by itself.',
  done: 'When the window closes the old certificate is retired here.',
};

function trustSentence(trustedAt: string | null, agreedTime: string | null, emergency: string | null): string {
  if (trustedAt !== null) return 'The customer says that the next certificate is trusted.';
  if (emergency === 'true') return 'An emergency: nobody’s word is waited for.';
  if (agreedTime !== null) return 'The agreed time of the canary has come.';
  return 'A standing change of the terms: the customer’s word is given once for all.';
}

function onAddresses(count: number): string {
  return count === 1 ? 'on its one address' : `on all ${count} addresses`;
}

function windowWords(startsAt: string | null, endsAt: string | null): string | null {
  return startsAt === null || endsAt === null ? null : `${instantWords(startsAt)} to ${instantWords(endsAt)}`;
}

function instantText(at: string | null): string | null {
  return at === null ? null : instantWords(at);
}

function classText(found: string | null): string | null {
  return found === 'no-change' || found === 'new-intermediate' || found === 'new-ca' || found === 'leaf-pinned'
    ? swapClassWords(found)
    : null;
}

function countText(evidence: unknown, when: 'after' | 'before'): string | null {
  const handshakes = textAt(evidence, ['observation', when, 'handshakes']);
  const failed = textAt(evidence, ['observation', when, 'failed']);
  if (handshakes === null || failed === null) return null;
  const reads = textAt(evidence, ['observation', 'reads', when, 'made']);
  const failedReads = textAt(evidence, ['observation', 'reads', when, 'failed']);
  return `${handshakes} handshakes, ${failed} failed${reads === null || failedReads === null ? '' : `; ${reads} reads, ${failedReads} failed`}`;
}

/** Evidence is whatever a connector kept: what is not there is not told. */
function textAt(evidence: unknown, path: readonly string[]): string | null {
  const found = path.reduce<unknown>(memberOf, evidence);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : null;
}

function listAt(evidence: unknown, name: string): readonly unknown[] {
  const found = memberOf(evidence, name);
  return Array.isArray(found) ? found : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (Object.getOwnPropertyDescriptor(value, name)?.value as unknown)
    : undefined;
}
