/** A check as a person likes to read it; the last line is one sentence. */
import { checkNames } from '@sallyport/tls-policy';
import type { CheckResult, CheckStatus } from '@sallyport/tls-policy';
import { closingSentence } from '@sallyport/tls-dialer';
import type { CheckDocument, DialEvidence, ExitRule } from '@sallyport/tls-dialer';
import type { BaseUrl } from '@sallyport/addresses';

const marks: Readonly<Record<CheckStatus, string>> = { pass: '✓', fail: '✗', unknown: '?', 'not-applicable': '–' };

const titleColumns = 19;
const statusColumns = 16;
const textColumns = 100;

/** @param evidence null where nothing was dialled */
export function renderCheck(
  document: CheckDocument,
  evidence: DialEvidence | null,
  url: BaseUrl,
  rule: ExitRule,
): string {
  const lines = [url.href, whereabouts(document, evidence), ''];
  for (const name of checkNames) lines.push(...checkLines(name, document.checks[name]));
  lines.push(
    '',
    ...pathLines(evidence),
    ...proxyLines(evidence),
    ...revocationLines(document),
    ...factLines(document),
    '',
    closingSentence(document, url.host, rule),
  );
  return `${lines.join('\n')}\n`;
}

function whereabouts(document: CheckDocument, evidence: DialEvidence | null): string {
  const parts = [
    evidence?.address == null ? 'not connected' : `${evidence.address} from ${evidence.sourceAddress ?? 'unknown'}`,
    `policy ${evidence?.policy ?? 'none'}`,
    `as of ${evidence?.report.at ?? ''}`,
    `${Math.round(document.timings.total)} ms`,
  ];
  return parts.join(' · ');
}

function checkLines(name: string, result: CheckResult): string[] {
  // Without a chain all five would say the same; the last line says why.
  if (result.code === 'not-reached') return [`  ${marks.unknown} ${name.padEnd(titleColumns - 4)}not reached`];
  const status = result.code === 'ok' ? result.status : `${result.status} ${result.code}`;
  const first = `  ${marks[result.status]} ${name.padEnd(titleColumns - 4)}`;
  return result.status === 'pass'
    ? wrap(first + result.status.padEnd(statusColumns), result.message)
    : [first + status, ...wrap(' '.repeat(titleColumns), result.message)];
}

function pathLines(evidence: DialEvidence | null): string[] {
  return (evidence?.report.path ?? []).flatMap((certificate, index) => {
    const title = index === 0 ? 'Chain' : '';
    const dates = certificate.role === 'anchor' ? 'trusted' : `until ${certificate.notAfter.slice(0, 10)}`;
    return wrap(
      `  ${title.padEnd(titleColumns - 2)}`,
      `${'  '.repeat(index)}${certificate.subject} (${certificate.key}, ${dates})`,
    );
  });
}

/** The way through a proxy, and what was found of its own certificate. */
function proxyLines(evidence: DialEvidence | null): string[] {
  const proxy = evidence?.proxy;
  if (proxy === undefined) return [];
  const refusing = Object.entries(proxy.report?.checks ?? {}).find(([, { status }]) => status === 'fail');
  const parts = [
    proxy.path.join(' → '),
    proxy.authentication === 'basic' ? 'with user name and password' : 'without authentication',
    ...(proxy.tls === null ? [] : [`${proxy.tls.protocol}, ${proxy.tls.suite}`]),
    ...(refusing === undefined ? [] : [`its certificate: ${refusing[0]} ${refusing[1].code}`]),
    proxy.status === null ? 'no answer' : `answered ${proxy.status}`,
  ];
  return fact('Proxy', parts.join('; '));
}

/** Who answered for each certificate, and whom it took to ask. */
function revocationLines({ revocation }: CheckDocument): string[] {
  const answers = (revocation?.answers ?? []).map(({ kind, from, url, thisUpdate }) =>
    [kind === 'crl' ? 'CRL' : 'OCSP', url ?? from, thisUpdate === null ? '' : `of ${thisUpdate}`].join(' ').trim(),
  );
  const failed = (revocation?.fetched ?? []).flatMap(({ code, url }) =>
    code === 'ok' || code === 'not-modified' ? [] : [`${url}: ${code}`],
  );
  return [...answers, ...failed].flatMap((line, index) => fact(index === 0 ? 'Revocation' : '', line));
}

function factLines({ tls, clientCertificate, http }: CheckDocument): string[] {
  const { requested, sent, acceptedIssuers, outcome } = clientCertificate;
  // An end before ServerKeyExchange leaves some of them, or all, unknown.
  const negotiated = [tls.protocol, tls.suite, tls.keyExchange].filter((one) => one !== null);
  const asked = requested ? 'asked for' : 'not asked for';
  const issuers =
    acceptedIssuers.length === 0
      ? []
      : [`accepts ${acceptedIssuers.slice(0, 3).join(' · ')}${more(acceptedIssuers.length - 3)}`];
  return [
    ...fact('TLS', negotiated.length === 0 ? 'nothing negotiated' : negotiated.join(', ')),
    ...fact('Our certificate', [`${asked}, ${sent ? 'sent' : 'not sent'}, ${outcome}`, ...issuers].join('; ')),
    ...fact('HTTP', http.status === null ? 'no answer' : String(http.status)),
  ];
}

function more(count: number): string {
  return count > 0 ? ` and ${count} more` : '';
}

function fact(title: string, text: string): string[] {
  return wrap(`  ${title.padEnd(titleColumns - 2)}`, text);
}

/** Text behind a first column, further lines indented like it. */
function wrap(first: string, text: string): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of printable(text).split(' ')) {
    if (!empty && line.length + 1 + word.length > textColumns) {
      lines.push(line);
      line = ' '.repeat(first.length) + word;
    } else {
      line += empty ? word : ` ${word}`;
    }
    empty = false;
  }
  return [...lines, line];
}

/** Names come from the far side: control characters must not reach a terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}
