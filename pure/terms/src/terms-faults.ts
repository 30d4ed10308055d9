/** Faults of terms that somebody wrote; all of them at once, each with the member it is about. */
import { revocationRuleFaults } from './revocation-terms.ts';
import { swapFaults } from './swap-terms.ts';
import type { TermsFault } from './terms-fault.ts';
import { proxyFaults } from './terms-proxy.ts';
import { termsPolicyIds } from './terms-trust.ts';
import type { Terms } from './terms.ts';

const longestUrl = 2_000;
/** Jira's own limit for a key is a setting; 255 is its ceiling. */
const projectKey = /^[A-Z][A-Z0-9_]{0,254}$/;
const fieldId = /^[A-Za-z][A-Za-z0-9_-]{0,127}$/;
const restPath = /^\/rest(\/[A-Za-z0-9._-]+)+(\/\*)?$/;
/** One JQL holds all projects; beyond this a query would outgrow what Jira parses well. */
const mostProjects = 1_000;
const mostFields = 200;

/** Empty when the terms can be used. Addresses are guarded at the dial, where names have been resolved. */
export function termsFaults(terms: Terms): TermsFault[] {
  const faults: TermsFault[] = [...urlFaults(terms.baseUrl, 'baseUrl'), ...urlFaults(terms.linkUrl, 'linkUrl')];
  const add = (code: TermsFault['code'], path: string, message: string): void => {
    faults.push({ code, path, message });
  };
  if (!Number.isSafeInteger(terms.version) || terms.version < 1)
    add('TERMS_VERSION', 'version', 'Versions count up from 1.');
  if (!termsPolicyIds.includes(terms.tlsPolicy))
    add(
      'TERMS_POLICY',
      'tlsPolicy',
      `There is no TLS policy '${terms.tlsPolicy}'; known: ${termsPolicyIds.join(', ')}.`,
    );
  if (terms.proxy !== undefined) faults.push(...proxyFaults(terms.proxy, termsPolicyIds));
  if (terms.anchors.kind === 'pem' && !terms.anchors.pem.includes('-----BEGIN CERTIFICATE-----'))
    add('TERMS_ANCHORS', 'anchors.pem', 'A private CA needs at least one certificate as PEM text.');
  faults.push(...revocationRuleFaults(terms));
  if (terms.swaps !== undefined) faults.push(...swapFaults(terms.swaps));
  if (!terms.clientCertificate.required && terms.clientCertificate.reason.trim().length < 10)
    add(
      'TERMS_REASON_MISSING',
      'clientCertificate.reason',
      'Going without a client certificate needs a written reason.',
    );
  const accepted = terms.tls13ClientCertificate?.reason.trim() ?? '';
  if (terms.tlsPolicy === 'tls13' && terms.clientCertificate.required && accepted.length < 10)
    add(
      'TERMS_TLS13',
      'tls13ClientCertificate',
      'TLS 1.3 with a client certificate needs the operator’s written acceptance, with its reason.',
    );
  if (terms.accountName !== null && terms.accountName.trim() === '')
    add('TERMS_ACCOUNT', 'accountName', 'The name of the service account is empty.');
  if (terms.projectKeys.length === 0 || terms.projectKeys.length > mostProjects)
    add('TERMS_PROJECT_KEY', 'projectKeys', `Name 1 to ${mostProjects} projects.`);
  terms.projectKeys.forEach((key, index) => {
    if (!projectKey.test(key))
      add('TERMS_PROJECT_KEY', `projectKeys.${index}`, `'${shown(key)}' is no project key, such as PROJ.`);
  });
  if (terms.fields.length === 0 || terms.fields.length > mostFields)
    add('TERMS_FIELD', 'fields', `Name 1 to ${mostFields} fields.`);
  terms.fields.forEach((field, index) => {
    if (!fieldId.test(field)) add('TERMS_FIELD', `fields.${index}`, `'${shown(field)}' is no field id.`);
  });
  for (const needed of ['updated', 'project', 'issuetype', 'status', 'summary']) {
    if (!terms.fields.includes(needed)) add('TERMS_FIELD', 'fields', `The field '${needed}' is always needed.`);
  }
  terms.restPaths.forEach((path, index) => {
    if (!restPath.test(path) || path.includes('..'))
      add('TERMS_REST_PATH', `restPaths.${index}`, `'${shown(path)}' is no REST path.`);
  });
  for (const role of ['owner', 'technical'] as const) {
    const { name, email } = terms.contacts[role];
    if (name.trim() === '' || !/^[^@\s]+@[^@\s]+$/.test(email))
      add('TERMS_CONTACT', `contacts.${role}`, 'A contact needs a name and an e-mail address.');
  }
  for (const kind of ['issueDays', 'handshakeDays'] as const) {
    const days = terms.retention[kind];
    if (days !== null && (!Number.isInteger(days) || days < 1))
      add('TERMS_RETENTION', `retention.${kind}`, 'Retention is a number of days from 1, or null.');
  }
  return faults;
}

/** Faults of one URL: https with a host; no user name, password, query or fragment. */
export function urlFaults(text: string, path: string): TermsFault[] {
  if (text.length > longestUrl)
    return [{ code: 'TERMS_URL_TOO_LONG', path, message: `A URL has at most ${longestUrl} characters.` }];
  const url = URL.parse(text);
  if (url === null || url.hostname === '')
    return [{ code: 'TERMS_URL_MALFORMED', path, message: 'This is no URL such as https://jira.example.com/jira.' }];
  const faults: TermsFault[] = [];
  if (url.protocol !== 'https:')
    faults.push({ code: 'TERMS_URL_NOT_HTTPS', path, message: 'Connections are made over https only.' });
  // The value itself is not repeated: it may hold a password.
  if (url.username !== '' || url.password !== '')
    faults.push({ code: 'TERMS_URL_CREDENTIALS', path, message: 'A URL must not hold a user name or password.' });
  if (url.search !== '' || url.hash !== '')
    faults.push({ code: 'TERMS_URL_QUERY', path, message: 'A base URL has no query and no fragment.' });
  return faults;
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
