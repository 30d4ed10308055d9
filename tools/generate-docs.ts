/**
 * Writes the documents that are made from data, so that they cannot be untrue. With `--check` nothing is written, and
 * the exit status is 1 when a document differs from its data.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { enforcerDocument } from './enforcer-document.ts';
import { rules } from '@sallyport/diagnosis';
import { departures, foldTable, tlsPolicies, type TlsPolicy } from '@sallyport/tls-policy';

/** What common peers negotiate under a policy; measured facts, `test/system/tls-policies.test.ts` makes those of ours. */
const peers: readonly {
  readonly name: string;
  readonly ecdhe: boolean;
  readonly dhe: boolean;
  readonly tls12: boolean;
  readonly tls13: boolean;
  readonly note: string;
}[] = [
  {
    name: 'nginx, Apache, HAProxy, stunnel with OpenSSL 1.1 or 3, default suites',
    ecdhe: true,
    dhe: true,
    tls12: true,
    tls13: true,
    note: 'nginx offers DHE only with ssl_dhparam set',
  },
  {
    name: 'Tomcat or Jira itself on Java 11, 17, 21',
    ecdhe: true,
    dhe: true,
    tls12: true,
    tls13: true,
    note: 'an RSA certificate gives the RSA suites',
  },
  {
    name: 'Envoy, and other BoringSSL; rustls',
    ecdhe: true,
    dhe: false,
    tls12: true,
    tls13: true,
    note: 'no finite-field suites',
  },
  {
    name: 'Go, as ghostunnel or Caddy',
    ecdhe: true,
    dhe: false,
    tls12: true,
    tls13: true,
    note: 'no finite-field suites',
  },
  {
    name: 'Azure Front Door (since 2026-04), Application Gateway',
    ecdhe: true,
    dhe: false,
    tls12: true,
    tls13: true,
    note: 'DHE withdrawn',
  },
  {
    name: 'an appliance with DHE only',
    ecdhe: false,
    dhe: true,
    tls12: true,
    tls13: false,
    note: 'a finding: enable ECDHE',
  },
  {
    name: 'a server with TLS 1.3 only',
    ecdhe: true,
    dhe: false,
    tls12: false,
    tls13: true,
    note: 'under the first two alert 70, `protocol-version`',
  },
  {
    name: 'a server with TLS 1.1 at most',
    ecdhe: true,
    dhe: false,
    tls12: false,
    tls13: false,
    note: 'alert 70 or 40; `protocol-version` or `no-common-suite`, as it says; the doctor tells them apart',
  },
];

const documents: readonly (readonly [path: string, text: string])[] = [
  ['docs/tls-policies.md', tlsPoliciesDocument()],
  ['docs/codes.md', codesDocument()],
  ['docs/causes.md', causesDocument()],
  ['docs/enforcer.md', enforcerDocument(table)],
];

const check = process.argv.includes('--check');
for (const [path, text] of documents) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  if (check) {
    console.error(`${path} is not what its data says: node tools/generate-docs.ts`);
    process.exitCode = 1;
  } else writeFileSync(path, text);
}

function tlsPoliciesDocument(): string {
  return `# TLS policies

Made by \`node tools/generate-docs.ts\` from \`pure/tls-policy\`. Both tiers take their options from these policies only.

${tlsPolicies.map(policySection).join('\n')}
## What is negotiated with whom
${table(
  ['Peer', ...tlsPolicies.map(({ id }) => id), 'Note'],
  peers.map((peer) => [peer.name, ...tlsPolicies.map((policy) => negotiated(policy, peer)), peer.note]),
)}
With an ECDSA certificate the first two suites are possible, with an RSA certificate the others.

## Register of departures
Every place where a policy does otherwise than RFC 9325, OWASP ASVS 5.0 section 12.1 or NIST SP 800-52r2 ask.

${table(
  ['Policy', 'From', 'It asks', 'We do', 'Why', 'What takes it away'],
  departures.map((departure) => [
    departure.policies.join(', '),
    departure.from,
    departure.asks,
    departure.does,
    departure.why,
    departure.remedy,
  ]),
)}`;
}

function policySection(policy: TlsPolicy): string {
  return `## ${policy.id}
${policy.summary}

${table(
  ['What', 'Value'],
  [
    ['Version', `${policy.minVersion} to ${policy.maxVersion}`],
    ...(policy.tls13Suites.length === 0 ? [] : [['Suites of TLS 1.3, in order', names(policy.tls13Suites)]]),
    ['Suites of TLS 1.2, in order', names(policy.suites)],
    ['Groups', policy.groups.join(', ')],
    ['Signature algorithms', policy.signatureAlgorithms.join(', ')],
    ['RSA', `at least ${policy.minimumRsaBits} bits`],
    [
      'Finite-field Diffie-Hellman',
      policy.minimumDhBits === 0
        ? 'not offered'
        : `at least ${policy.minimumDhBits} bits${policy.namedDhGroupsOnly ? ', named groups only' : ''}`,
    ],
    [
      'Renegotiation, compression, resumption',
      [policy.renegotiation, policy.compression, policy.resumption].map((on) => (on ? 'on' : 'off')).join(', '),
    ],
  ],
)}`;
}

function names(suites: readonly { readonly iana: string }[]): string {
  return suites.map(({ iana }) => iana).join('<br>');
}

function negotiated(policy: TlsPolicy, peer: (typeof peers)[number]): string {
  if (policy.tls13Suites.length > 0 && peer.tls13) return 'TLS 1.3';
  if (!peer.tls12) return 'refused';
  const hasDhe = policy.suites.some(({ iana }) => iana.startsWith('TLS_DHE_'));
  if (peer.ecdhe) return 'ECDHE';
  return peer.dhe && hasDhe ? 'DHE' : 'no common suite';
}

function codesDocument(): string {
  return `# Codes of the five checks

Made by \`node tools/generate-docs.ts\` from the fold in \`pure/tls-policy\`: which finding of the validator belongs to which
check, and who can act.

${table(
  ['Code', 'Check', 'In words', 'Who can act'],
  Object.entries(foldTable).map(([code, { check, actor, words }]) => [`\`${code}\``, check, words, actor ?? '']),
)}`;
}

function causesDocument(): string {
  return `# Causes that the doctor knows

Made by \`node tools/generate-docs.ts\` from \`pure/diagnosis\`. The order is the table's: among findings of the same weight the
more special cause stands first. A failure stops the work, a weakness does not, a note is worth knowing. Words in braces are
filled with what was seen. [doctor.md](doctor.md) says how it is asked.

${table(
  ['Rule', 'Looks like', 'Cause', 'Weight', 'Who acts', 'Please …', 'To tell apart', 'Rests on'],
  rules.map((rule) => [
    `\`${rule.id}\``,
    rule.symptom,
    rule.cause,
    `${rule.severity}, ${rule.certainty}`,
    rule.actor,
    rule.whatToDo,
    rule.tellApart,
    rule.citation,
  ]),
)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')}\n`;
}
