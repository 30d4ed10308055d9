/** docs/faults.md, made from a run: what each fault comes to, products together where they agree. */
import { countsOf, examOf } from './agreement.ts';
import type { FaultGroup, NotApplicable } from './fault-case.ts';
import type { CaseOutcome } from './run-matrix.ts';

const groups: readonly { readonly group: FaultGroup; readonly title: string; readonly words: string }[] = [
  {
    group: 'server',
    title: 'Faults of the server',
    words: 'Each fault on each product. Revocation is `hard`, its sources are healthy, our certificate is right.',
  },
  {
    group: 'client-certificate',
    title: 'Faults of our client certificate',
    words:
      'Each fault on each product; the server is right. Refusals after the handshake look different on each product, which is why each is met with all of them.',
  },
  {
    group: 'revocation-source',
    title: 'Faults of the sources of revocation data',
    words:
      'Under `hard`. A source does not know which product stands before Jira, so each fault is met once as the only CRL and once as the only OCSP responder that the certificate names, and products take turns. Stapled responses are met with every product that staples what it is given.',
  },
];

export function faultsDocument(cases: readonly CaseOutcome[], notApplicable: readonly NotApplicable[]): string {
  const counts = countsOf(cases, notApplicable.length);
  const failedOpen = counts.failedOpen === 0 ? 'none was accepted' : `${counts.failedOpen} were ACCEPTED`;
  return `# Fault matrix

Made by \`npm run faults -- --write-docs\` from a run against real nginx, Apache, HAProxy, Tomcat, stunnel, openssl s_server and
squid (as Debian 12 packages them). For each fault: what the dial decides, which check, which code, what the doctor says
first, and who must act. The sandbox shows the same faults: \`./sallyport sandbox fault NAME on\`.

${counts.cases} cases, ${counts.asExpected} as expected; ${counts.notApplicable} combinations do not exist, with the reason below. Of the
faults of revocation under \`hard\`, ${failedOpen}. ${capitalised(examOf(counts))}.

Not taken: the product of all three axes. A refusal by the server's certificate ends the dial before our certificate is
looked at, so a second fault behind it is never seen; a source of revocation data is the same for every product.

Where an enforcer says no more than that it refuses (nginx by its page, Java by alert 46), a cause that lies with it alone
cannot be told from outside: there the doctor says so, and the exam counts it as not found.

${groups.map((group) => section(group, cases, notApplicable)).join('\n')}`;
}

function section(
  { group, title, words }: (typeof groups)[number],
  cases: readonly CaseOutcome[],
  notApplicable: readonly NotApplicable[],
): string {
  const own = cases.filter(({ row }) => row.group === group);
  const rows = new Map<string, { readonly cells: readonly string[]; readonly products: string[] }>();
  for (const { row, judgement, told, diagnosis } of own) {
    const cells = [
      formOf(row.name),
      judgement.verdict,
      judgement.check ?? '',
      code(judgement.code),
      told ?? '',
      code(diagnosis.top),
      diagnosis.actor ?? '',
    ];
    const known = rows.get(cells.join('|')) ?? { cells, products: [] };
    known.products.push(row.product);
    rows.set(cells.join('|'), known);
  }
  const lines = [...rows.values()].map(({ cells: [form = '', ...rest], products }) => [form, list(products), ...rest]);
  const missing = notApplicable.filter((row) => row.group === group);
  const reasons = Map.groupBy(missing, ({ product, reason }) => `${product}|${reason}`);
  const left = [...reasons.values()].map((rowsOfReason) => [
    list(rowsOfReason.map(({ name }) => formOf(name))),
    rowsOfReason[0]?.product ?? '',
    rowsOfReason[0]?.reason ?? '',
  ]);
  return `## ${title}
${words}

${table(['Fault', 'Products', 'Verdict', 'Check', 'Code', 'Told by', 'The doctor says first', 'Who acts'], lines)}
Not applicable:

${table(['Fault', 'Product', 'Why'], left)}`;
}

/** The fault and the form of it: what stands between the group and the product. */
function formOf(name: string): string {
  return name.split('/')[1] ?? name;
}

function list(words: readonly string[]): string {
  return [...new Set(words)].join(', ');
}

function code(text: string | null): string {
  return text === null ? '' : `\`${text}\``;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return `${[line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')}\n`;
}
