import { canonicalTerms, termsHash } from './canonical-terms.ts';
import type { Terms } from './terms.ts';

/** A certificate of ours as the page names it. */
export interface NamedClientCertificate {
  readonly kind: string;
  readonly name: string;
  readonly sha256: string;
  /** RFC 3339. */
  readonly notAfter: string;
}

/**
 * The terms as one self-contained HTML page for printing and signing off: data flow, ports, certificates, what is
 * stored. It holds no script and nothing secret. `styleNonce` goes on its style element, for the content policy.
 */
export function renderTerms(
  terms: Terms,
  context: {
    readonly customer: string;
    readonly clientCertificate: NamedClientCertificate | null;
    readonly styleNonce: string;
  },
): string {
  const hash = termsHash(terms);
  const url = new URL(terms.baseUrl);
  const port = url.port === '' ? '443' : url.port;
  const certificate = context.clientCertificate;
  const ours = terms.clientCertificate.required
    ? certificate === null
      ? 'required; none is bound yet'
      : `${certificate.name} (${certificate.kind}), SHA-256 ${certificate.sha256}, valid until ${certificate.notAfter}`
    : `not sent: ${terms.clientCertificate.reason}`;
  const sections: readonly (readonly [title: string, rows: readonly (readonly [string, string])[]])[] = [
    [
      'Data flow',
      [
        ['Direction', 'Our connector opens the connection to the far side. The far side opens none to us.'],
        ['From', `the addresses of egress group "${terms.egressGroup}"`],
        ['To', `${url.hostname}, TCP port ${port}`],
        [
          'Requests',
          `${terms.methods.join(', ')} below ${url.pathname === '/' ? '' : url.pathname}${terms.restPaths.join(', ')}`,
        ],
        [
          'Account in Jira',
          `${terms.authentication.account} (${terms.authentication.kind === 'pat' ? 'personal access token' : 'Basic authentication'})`,
        ],
        ['Private addresses', terms.allowPrivate ? 'allowed for this connection' : 'refused'],
      ],
    ],
    [
      'How each side knows the other',
      [
        ['TLS policy', `${terms.tlsPolicy}: TLS 1.2 only`],
        ['Our certificate', ours],
        [
          'The far side’s certificate',
          terms.anchors.kind === 'public'
            ? 'from a publicly trusted authority'
            : `from an agreed authority:\n${terms.anchors.pem.trim()}`,
        ],
        ['Checked before our certificate leaves', 'validity, trust, signature, name, revocation'],
        [
          'Revocation that cannot be determined',
          terms.revocation === 'hard' ? 'refuses the connection' : 'is shown and lets the connection go on',
        ],
      ],
    ],
    [
      'What is stored',
      [
        ['Projects', terms.projectKeys.join(', ')],
        ['Fields of an issue', terms.fields.join(', ')],
        [
          'Besides',
          'the changelog of each issue; the evidence of each dial (certificates shown, checks, negotiated suite)',
        ],
        [
          'Issues are kept',
          terms.retention.issuesDays === null ? 'as long as the connection' : `${terms.retention.issuesDays} days`,
        ],
        ['Evidence is kept', `${terms.retention.evidenceDays} days`],
      ],
    ],
    [
      'Contacts',
      [
        ['Owner', contactText(terms.contacts.owner)],
        ['Technical', contactText(terms.contacts.technical)],
      ],
    ],
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Terms ${terms.version}: ${escape(context.customer)}</title>
<style nonce="${escape(context.styleNonce)}">
body{font:15px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#0f172a;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:1.8rem}th{text-align:left;vertical-align:top;width:14rem;font-weight:600}
td,th{padding:.25rem .75rem .25rem 0;border-bottom:1px solid #e2e8f0;white-space:pre-wrap;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}code{overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:12px}
</style></head><body>
<h1>Terms ${terms.version} of the connection with ${escape(context.customer)}</h1>
<p>${escape(terms.baseUrl)}<br>SHA-256 of these terms: <code>${hash}</code></p>
${sections.map(([title, rows]) => `<h2>${title}</h2>\n<table>${rows.map(([name, value]) => `<tr><th scope="row">${escape(name)}</th><td>${escape(value)}</td></tr>`).join('\n')}</table>`).join('\n')}
<h2>Signed off</h2>
<table><tr><th scope="row">Name, date</th><td> </td></tr><tr><th scope="row">For</th><td> </td></tr></table>
<h2>The document that was hashed</h2>
<pre>${escape(canonicalTerms(terms))}</pre>
</body></html>
`;
}

function contactText({ name, email }: { readonly name: string; readonly email: string }): string {
  return `${name} <${email}>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
