/** The record of a certificate as a document without scripts or outside resources: to be read, printed and filed. */
import { checkNames, type Actor, type CertificateRecord } from '@sallyport/console-api';
import { actorText, ageText, escapeHtml, facts, instantText, paragraph, shortActorText, table } from './page-parts.ts';
import { recordPageStyle } from './record-page-style.ts';
import { swapPart } from './swap-part.ts';

const kinds = {
  'operator-wildcard': 'operator’s wildcard certificate',
  'operator-named': 'operator’s named certificate',
  'customer-custom': 'customer’s own certificate',
} as const;
const policies = {
  'public-third-party': 'a public authority',
  'agreed-private-ca': 'a private authority that both sides agreed on',
} as const;
const roles = { 'end-entity': 'ours', intermediate: 'intermediate', anchor: 'trust anchor' } as const;
const actors: Readonly<Record<Actor, string>> = {
  operator: 'operator',
  customer: 'customer’s Jira administrator',
  'network-team': 'customer’s network team',
  'certificate-authority': 'certificate authority',
};
const severities = { blocks: 'keeps it from being used', warns: 'warns', informs: 'for information' } as const;
const keyStates = {
  current: 'in use',
  retiring: 'being replaced',
  retired: 'retired',
} as const;
const pointers = {
  current: 'presents it now',
  next: 'will present it after a swap',
  previous: 'presented it until the last swap',
} as const;

export function renderRecord(record: CertificateRecord, styleNonce: string): string {
  const title = `Record of the client certificate ${record.name}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style nonce="${escapeHtml(styleNonce)}">${recordPageStyle}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p class="small">Made by Sallyport at ${escapeHtml(instantText(record.madeAt))} for ${escapeHtml(actorText(record.madeFor))}. All times are UTC.</p>
<h2>The certificate</h2>
${identity(record)}
<h2>Its chain</h2>
${chain(record)}
<h2>Where the key is</h2>
${custody(record)}
<h2>How it came</h2>
${origin(record)}
<h2>What was judged</h2>
${judgement(record)}
<h2>Revocation</h2>
${revocation(record)}
<h2>Who uses it</h2>
${usages(record)}
<h2>Swaps</h2>
${record.swaps.length === 0 ? paragraph('No swap has brought it or taken it away.') : record.swaps.map(swapPart).join('\n')}
${record.swapsLeftOut ? paragraph('There are older swaps than these; the API lists them under /swaps.') : ''}
<h2>Retirement</h2>
${retirement(record)}
<h2>History</h2>
${history(record)}
<h2>What is not on record</h2>
${facts(record.notRecorded.map(({ what, why }) => [what, why]))}
<h2>Filed</h2>
<table class="sign"><tr><td>Network security<br><br>name, date</td><td>Operator<br><br>name, date</td></tr></table>
</body>
</html>
`;
}

function identity({ chain: [ours], ...record }: CertificateRecord): string {
  const person = (one: { readonly name: string; readonly email: string }): string => `${one.name}, ${one.email}`;
  return facts([
    ['SHA-256', ours?.sha256 ?? 'unreadable'],
    ['Serial number', ours?.serial ?? 'unreadable'],
    ['Subject', ours?.subject ?? 'unreadable'],
    ['Issuer', ours?.issuer ?? 'unreadable'],
    ['Names', ours === undefined || ours.subjectAltNames.length === 0 ? 'none' : ours.subjectAltNames.join(', ')],
    ['Valid', ours === undefined ? 'unreadable' : `${instantText(ours.notBefore)} to ${instantText(ours.notAfter)}`],
    ['Kind', kinds[record.kind]],
    ['Belongs to', record.customerName ?? 'the operator'],
    ['Owner', record.contacts === null ? 'nobody is named' : person(record.contacts.owner)],
    ...(record.contacts?.technical === undefined
      ? []
      : [['Technical contact', person(record.contacts.technical)] as const]),
    ...(record.domain === null ? [] : [['Domain', record.domain] as const]),
    ['Has to come from', policies[record.policy]],
  ]);
}

function chain({ chain: certificates, fetchedSha256 }: CertificateRecord): string {
  const rows = certificates.map(({ role, subject, key, notBefore, notAfter, sha256, serial }) => [
    `${roles[role]}${fetchedSha256.includes(sha256) ? ', fetched from the address that the certificate names' : ''}`,
    subject,
    key,
    `${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)}`,
    `${serial}\n${sha256}`,
  ]);
  return table(['place', 'subject', 'key', 'valid', 'serial number, SHA-256'], rows, 'It cannot be read.');
}

function custody({ custody: { kind, sealedTo } }: CertificateRecord): string {
  const made =
    kind === 'made-inside'
      ? 'The private key was made inside a connector and has never left connectors.'
      : 'The private key was made elsewhere and uploaded: whoever made it may still have it.';
  return [
    paragraph(made),
    paragraph(
      'It is stored sealed. Only a connector that holds one of the keys below can open it; the web tier and the database hold none of them. No export contains it.',
    ),
    table(
      ['sealed to', 'that key is', 'held now by'],
      sealedTo.map(({ sealKeyId, state, connectors }) => [
        sealKeyId,
        keyStates[state],
        connectors.length === 0 ? 'no running connector' : connectors.join(', '),
      ]),
      'No key is stored any more.',
    ),
  ].join('\n');
}

function origin({ requested, uploaded, addedAt }: CertificateRecord): string {
  return facts([
    [
      'Requested',
      requested === null
        ? 'no request was made here: it came with its key'
        : `${instantText(requested.at)} by ${actorText(requested)}`,
    ],
    ...uploaded.map((one) => ['Uploaded', `${instantText(one.at)} by ${actorText(one)}: ${one.state}`] as const),
    ['In the inventory since', instantText(addedAt)],
  ]);
}

function judgement({ judgedAt, checks, findings }: CertificateRecord): string {
  if (judgedAt === null) return paragraph('No connector has judged it yet.');
  const checked =
    checks === null
      ? []
      : checkNames.map((name) => {
          const { status, code, message, actor } = checks[name];
          return [name, status, message, code, status === 'fail' && actor !== null ? actors[actor] : ''];
        });
  const found = findings.map(({ severity, message, code, actor, from, source, sourceDate }) => [
    `${severities[severity]}${from === null ? '' : `, from ${from.slice(0, 10)}`}`,
    message,
    `${code}${source === null ? '' : `\n${source}${sourceDate === null ? '' : `, as known on ${sourceDate}`}`}`,
    actor === null ? '' : actors[actor],
  ]);
  return [
    paragraph(`Last judged at ${instantText(judgedAt)}.`),
    table(['check', 'result', 'what was seen', 'code', 'must act'], checked, 'The five checks were not made.'),
    '<h3>Findings, and what is announced</h3>',
    table(['weight', 'finding', 'code, source', 'can act'], found, 'Nothing was found.'),
  ].join('\n');
}

function revocation({ revocation: status, revocationSources, madeAt }: CertificateRecord): string {
  const said =
    status === undefined
      ? paragraph('It was not looked at yet.')
      : facts([
          ['Status', `${status.status}, since ${instantText(status.since)}`],
          ['In words', `${status.message} (${status.code})`],
          [
            'Judged',
            `${instantText(status.judgedAt)}, ${ageText((Date.parse(madeAt) - Date.parse(status.judgedAt)) / 1000)} before this record`,
          ],
        ]);
  const rows = revocationSources.map(({ kind, url, authority, host, thisUpdate, nextUpdate, ageSeconds }) => [
    `${kind.toUpperCase()} ${url}`,
    authority,
    thisUpdate === null ? 'nothing yet' : `${instantText(thisUpdate)}, age ${ageText(ageSeconds ?? 0)}`,
    nextUpdate === null ? '' : instantText(nextUpdate),
    host ?? 'nowhere',
  ]);
  return [
    said,
    '<h3>Sources</h3>',
    table(
      ['source', 'signed by', 'answer made', 'next one due', 'held at'],
      rows,
      'The certificate names no source of revocation data that connectors ask.',
    ),
  ].join('\n');
}

function usages({ usages: used }: CertificateRecord): string {
  return table(
    ['connection', 'customer', 'how'],
    used.map(({ connectionName, customerName, pointer }) => [connectionName, customerName, pointers[pointer]]),
    'No connection uses it.',
  );
}

function retirement({ retired }: CertificateRecord): string {
  if (retired === null) return paragraph('It is not retired.');
  return facts([
    ['Retired', `${instantText(retired.at)} by ${actorText(retired)}`],
    ['Reason', retired.reason],
    [
      'Its private key',
      retired.keyDestroyedAt === null
        ? 'is not destroyed: another certificate has the same key, or its destruction is under way'
        : `was destroyed at ${instantText(retired.keyDestroyedAt)}`,
    ],
  ]);
}

function history({ events, eventsLeftOut }: CertificateRecord): string {
  const rows = events.map(({ at, action, by, subject, sequence }) => [
    instantText(at),
    action,
    shortActorText(by),
    subject,
    sequence === null ? 'not yet linked' : String(sequence),
  ]);
  return [
    paragraph(
      'From the audit trail. The last column is the event’s place in the hash chain of its owner, by which a change or a gap is found.',
    ),
    table(['when', 'what', 'by', 'about', 'place'], rows, 'No event is visible.'),
    eventsLeftOut ? paragraph('There are older events than these; the API lists them under /audit.') : '',
  ].join('\n');
}
