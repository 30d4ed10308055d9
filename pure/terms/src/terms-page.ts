/** Terms as one page for people: it is printed for a sign-off, so it needs nothing but itself. */
import { termsHash } from './canonical-terms.ts';
import { revocationRuleWords } from './revocation-terms.ts';
import type { Terms } from './terms.ts';
import { swapWords } from './swap-terms.ts';
import { proxyWords } from './terms-proxy.ts';
import { termsPageStyle } from './terms-page-style.ts';

/** Our certificate as the page names it. */
export interface NamedClientCertificate {
  readonly kind: string;
  readonly name: string;
  readonly sha256: string;
  /** RFC 3339. */
  readonly notAfter: string;
}

/** What the page says besides the terms; each member may be left out. */
export interface TermsPageContext {
  readonly customer?: string;
  readonly clientCertificate?: NamedClientCertificate | null;
  /** Put on the page's one style element, for a content security policy. */
  readonly styleNonce?: string;
}

const revocationWords = {
  hard: 'A certificate whose revocation status cannot be learned is refused.',
  soft: 'A certificate known as revoked is refused; an unknown status passes and is shown as unknown.',
  off: 'Revocation is not looked at.',
} as const;

const probeWords = {
  positive: 'When something fails, what the work itself asks is asked again, step by step.',
  negative:
    'Besides, connections that must be refused are tried, to prove that they are: without a certificate, with one that signed itself (O=Sallyport, CN=Sallyport doctor throw-away probe), each suite alone.',
} as const;

const suiteWords = {
  'tls12-six':
    'TLS 1.2 only, six suites: ECDHE with ECDSA or RSA, and DHE with RSA, each with AES-256-GCM or AES-128-GCM',
  'tls12-four': 'TLS 1.2 only, four suites: ECDHE with ECDSA or RSA, each with AES-256-GCM or AES-128-GCM',
  tls13:
    'TLS 1.3 with AES-256-GCM or AES-128-GCM, and TLS 1.2 with four suites: ECDHE with ECDSA or RSA, each with AES-256-GCM or AES-128-GCM',
} as const;

/** A complete HTML document without scripts, outside resources or anything secret. */
export function renderTerms(terms: Terms, context: TermsPageContext = {}): string {
  const { customer, clientCertificate, styleNonce } = context;
  const api = URL.parse(terms.baseUrl);
  const port = api === null || api.port === '' ? '443' : api.port;
  const host = api?.hostname ?? terms.baseUrl;
  const title = `Terms of the connection to ${host}, version ${terms.version}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style${styleNonce === undefined ? '' : ` nonce="${escapeHtml(styleNonce)}"`}>${termsPageStyle}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${customer === undefined ? '' : `<p class="lead">for ${escapeHtml(customer)}</p>`}
<p class="hash">SHA-256 of these terms: <code>${termsHash(terms)}</code><br>
Every connection made under them records this value. A change makes new terms; one that weakens them takes effect only
when the customer's approver has approved it by this value.</p>
<h2>Data flow</h2>
${flow(terms, host, port)}
<p>People and the web tier never reach Jira: the web tier only listens, connectors only dial, and they meet in the
database. A connector has no listening socket. Nothing is written to Jira.</p>
<h2>Ports</h2>
${table(
  ['from', 'to', 'port', 'protocol'],
  [
    ['people', 'web tier', 'the port at which this page was opened', 'HTTPS, TLS 1.2'],
    ...ways(terms, host, port),
    [host, 'Sallyport', 'none', 'Jira opens no connection'],
  ],
)}
<h2>Certificates</h2>
${facts([
  ['TLS policy', `${terms.tlsPolicy}: ${suiteWords[terms.tlsPolicy]}`],
  [
    'The server shows itself by',
    `a certificate for ${host} that passes the five checks: validity, trust, signature, name, revocation. They are made before a byte of a request, or our certificate, leaves.`,
  ],
  [
    'Trusted issuers',
    terms.anchors.kind === 'public'
      ? 'public third-party certificate authorities'
      : `the agreed private certificate authority (${certificateCount(terms.anchors.pem)} certificate(s), given with these terms)`,
  ],
  ['Revocation', [revocationWords[terms.revocation], ...revocationRuleWords(terms)].join('\n')],
  [
    'Sallyport shows itself by',
    terms.clientCertificate.required
      ? ourCertificate(clientCertificate ?? null)
      : `no client certificate. Reason: ${terms.clientCertificate.reason}`,
  ],
  ...(terms.tls13ClientCertificate === undefined
    ? []
    : [['TLS 1.3 with it', `accepted by the operator: ${terms.tls13ClientCertificate.reason}`] as const]),
  [
    'It signs in with',
    `${terms.authenticationKind === 'pat' ? 'a personal access token' : 'user name and password'} of the account ${terms.accountName ?? '(any named account; an anonymous answer is refused)'}`,
  ],
  ...(terms.proxy === undefined ? [] : [['Forward proxy', proxyWords(terms.proxy)] as const]),
  ...(terms.probes === undefined ? [] : [['Probes', probeWords[terms.probes]] as const]),
  ...(terms.swaps === undefined ? [] : [['Swaps of our certificate', swapWords(terms.swaps)] as const]),
  ['Private addresses', terms.allowPrivate ? 'may be dialled (chosen by the operator)' : 'are never dialled'],
])}
<h2>What is asked</h2>
${facts([
  ['Methods', 'GET, and POST to search. Read-only.'],
  ['Paths', terms.restPaths.map((path) => terms.baseUrl + path).join('\n')],
  ['Projects', terms.projectKeys.join(', ')],
  ['Fields', terms.fields.join(', ')],
])}
<h2>What is stored</h2>
${table(
  ['what', 'kept'],
  [
    ['issues of the projects above, with the fields above, and their change log', kept(terms.retention.issueDays)],
    ['evidence of each handshake: certificates, checks, addresses, times', kept(terms.retention.handshakeDays)],
    ['the account’s credentials and the client key, sealed so that only connectors can open them', kept(null)],
    ['who changed what in Sallyport (audit)', kept(null)],
  ],
)}
<h2>Contacts</h2>
${facts([
  ['Owner', `${terms.contacts.owner.name}, ${terms.contacts.owner.email}`],
  ['Technical', `${terms.contacts.technical.name}, ${terms.contacts.technical.email}`],
  ['People open issues at', terms.linkUrl],
])}
<h2>Approval</h2>
<table class="sign"><tr><td>Customer’s network security<br><br>name, date</td><td>Operator<br><br>name, date</td></tr></table>
</body>
</html>
`;
}

function ourCertificate(certificate: NamedClientCertificate | null): string {
  if (certificate === null) return 'its client certificate, with every connection';
  return `its client certificate “${certificate.name}” (${certificate.kind}), with every connection; at present SHA-256 ${certificate.sha256}, until ${certificate.notAfter}`;
}

/** The path as a row of boxes; text, so that it prints and is read aloud. */
function flow(terms: Terms, host: string, port: string): string {
  const certificate = terms.clientCertificate.required ? 'both certificates' : 'server certificate only';
  const steps = [
    ['People', 'browser'],
    ['Web tier', 'listens only'],
    ['Database', 'where the tiers meet'],
    ['Connector', `dials only, group “${terms.egressGroup}”`],
    ...(terms.proxy === undefined ? [] : [[placeOf(terms.proxy.url), 'forward proxy: CONNECT, sees no content']]),
    [`${host}:${port}`, `${versionsOf(terms)}, ${certificate}`],
    ['Jira', `read as ${terms.accountName ?? 'the given account'}`],
  ];
  const dials = terms.proxy === undefined ? ['dials →'] : ['dials →', 'passes on →'];
  const arrows = ['asks →', 'writes jobs →', '← takes jobs', ...dials, 'enforces, forwards →'];
  const items = steps.map(([name, what], index) => {
    const arrow = arrows[index];
    return `<li><b>${escapeHtml(name ?? '')}</b><span>${escapeHtml(what ?? '')}</span></li>${arrow === undefined ? '' : `<li class="arrow">${escapeHtml(arrow)}</li>`}`;
  });
  return `<ol class="flow">${items.join('')}</ol>`;
}

/** Who opens which port on the way to Jira: one step, or two through a proxy. */
function ways(terms: Terms, host: string, port: string): string[][] {
  const { proxy, egressGroup } = terms;
  const connectors = `connectors of the egress group “${egressGroup}”`;
  const mutual = `HTTPS, ${versionsOf(terms)}, mutual`;
  if (proxy === undefined) return [[connectors, host, `${port}/tcp`, mutual]];
  const place = placeOf(proxy.url);
  const proxyPort = place.slice(place.lastIndexOf(':') + 1);
  const spoken = proxy.url.startsWith('https:') ? 'CONNECT inside TLS' : 'CONNECT, plain';
  return [
    [connectors, `forward proxy ${place}`, `${proxyPort}/tcp`, spoken],
    ['forward proxy', host, `${port}/tcp`, `${mutual}, unread`],
  ];
}

/** What may be negotiated with Jira's side. */
function versionsOf({ tlsPolicy }: Terms): string {
  return tlsPolicy === 'tls13' ? 'TLS 1.3 or 1.2' : 'TLS 1.2';
}

/** `host:port` of a proxy's URL. */
function placeOf(url: string): string {
  return url.replace(/^https?:\/\//, '');
}

function kept(days: number | null): string {
  return days === null ? 'until the connection is retired' : `${days} days`;
}

function certificateCount(pem: string): number {
  return pem.split('-----BEGIN CERTIFICATE-----').length - 1;
}

function facts(rows: readonly (readonly [string, string])[]): string {
  const items = rows.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`);
  return `<dl>${items.join('\n')}</dl>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${cells('th', head)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table>`;
}

const htmlEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => htmlEscapes[character] ?? '');
}
