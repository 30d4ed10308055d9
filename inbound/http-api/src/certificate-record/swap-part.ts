/** One swap of a printed record: who asked and who approved, what was tried before, done, and seen after. */
import type { RecordedSwap } from '@sallyport/console-api';
import { actorText, escapeHtml, facts, instantText, paragraph, shortActorText, table } from './page-parts.ts';

const separations: Readonly<Record<RecordedSwap['separation'], string>> = {
  'two-people': 'yes: asked for by one, approved by another',
  'same-person': 'no: asked for and approved by the same person',
  'standing-change': 'by the terms: a standing change, approved once for all',
  'not-approved': 'nobody has approved it',
};

export function swapPart(swap: RecordedSwap): string {
  const other =
    swap.other === null
      ? ''
      : `, ${swap.role === 'brings-it' ? 'in place of' : 'and brings'} ${swap.other.name} (SHA-256 ${swap.other.sha256})`;
  const title = `${swap.connectionName}, ${swap.customerName}: ${swap.state}`;
  return `<section class="swap"><h3>${escapeHtml(title)}</h3>
${paragraph(`It ${swap.role === 'brings-it' ? 'brings this certificate' : 'takes this certificate away'}${other}.`)}
${facts([
  ['Far side', swap.host],
  ['What it means there', `${swap.class}. ${swap.classSentence}`],
  ['State', `${swap.state}, since ${instantText(swap.stateSince)}${swap.reason === null ? '' : `. ${swap.reason}`}`],
  ...(swap.emergency ? [['Emergency', 'yes: waiting was skipped, checks were not'] as const] : []),
  ['Terms', `version ${swap.terms.version ?? 'not known'}, SHA-256 ${swap.terms.sha256}`],
  ['Change number', swap.changeNumber ?? 'none'],
  ['Asked for', `${instantText(swap.requested.at)} by ${actorText(swap.requested)}`],
  ['Asker and approver differ', separations[swap.separation]],
  [
    'Trusted by the customer',
    swap.trusted === null ? 'not said' : `${instantText(swap.trusted.at)}, written down by ${actorText(swap.trusted)}`,
  ],
  [
    'Window',
    swap.windowStartsAt === null ? 'none' : `${instantText(swap.windowStartsAt)} to ${instantText(swap.windowEndsAt)}`,
  ],
  ['Activated', swap.activatedAt === null ? 'not yet' : instantText(swap.activatedAt)],
])}
<h4>Approvals</h4>
${table(
  ['side', 'by', 'when', 'of what was done'],
  swap.approvals.map(({ side, by, at, standing, holds }) => [
    side,
    standing ? 'the terms, as a standing change' : actorText(by),
    instantText(at),
    holds ? 'yes' : 'no: certificate, window or terms were others',
  ]),
  'None was given.',
)}
<h4>Tried before: canary</h4>
${canary(swap)}
<h4>Seen before and after the activation</h4>
${observation(swap)}
<h4>Steps</h4>
${table(
  ['when', 'step', 'from', 'to', 'by'],
  swap.events.map(({ at, step, from, to, by }) => [instantText(at), step, from ?? '', to, shortActorText(by)]),
  'None.',
)}
</section>`;
}

function canary({ canary: result }: RecordedSwap): string {
  if (result === null) return paragraph('None was made.');
  const said = (
    one: { readonly outcome: string; readonly message: string | null; readonly httpStatus: number | null } | null,
  ): string =>
    one === null
      ? 'not asked'
      : `${one.outcome}${one.httpStatus === null ? '' : `, HTTP ${one.httpStatus}`}${one.message === null ? '' : `: ${one.message}`}`;
  return [
    paragraph(
      `${instantText(result.at)} by connector ${result.connectorId}: ${result.verdict}. ${result.differences.length === 0 ? 'The far side treated both alike.' : result.differences.join(' ')}`,
    ),
    table(
      ['address', 'with the certificate then in use', 'with the next one'],
      result.addresses.map(({ address, current, next }) => [
        address ?? 'through the forward proxy',
        said(current),
        said(next),
      ]),
      'No address is on record.',
    ),
  ].join('\n');
}

function observation({ observation: seen }: RecordedSwap): string {
  if (seen === null) return paragraph('Nothing was observed.');
  const row = (name: string, rate: typeof seen.before): string[] => [
    name,
    String(rate.handshakes),
    String(rate.failed),
    String(rate.refused),
  ];
  return [
    table(
      ['time', 'handshakes', 'failed', 'certificate refused'],
      [row('before', seen.before), row('after', seen.after)],
      'Nothing was observed.',
    ),
    paragraph(
      `${seen.accepted} full handshakes with a read were made to observe it, and accepted${seen.reads === undefined ? '' : `; ${seen.reads.after.failed} of ${seen.reads.after.made} reads failed, with the certificate before ${seen.reads.before.failed} of ${seen.reads.before.made}`}.`,
    ),
  ].join('\n');
}
