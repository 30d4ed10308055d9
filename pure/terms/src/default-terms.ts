/** Terms as they begin: the safe choice wherever nobody chose. */
import type { Terms, TermsContact } from './terms.ts';

/** What a read-only synchronisation asks: nothing else is allowed. */
export const defaultRestPaths: readonly string[] = [
  '/rest/api/2/serverInfo',
  '/rest/api/2/myself',
  '/rest/api/2/field',
  '/rest/api/2/search',
  '/rest/api/2/issue/*',
];

/** The core fields, and the two custom kinds that planning needs. */
export const defaultFields: readonly string[] = [
  'summary',
  'status',
  'issuetype',
  'project',
  'priority',
  'resolution',
  'resolutiondate',
  'assignee',
  'reporter',
  'created',
  'updated',
  'duedate',
  'labels',
  'components',
  'fixVersions',
  'parent',
  'issuelinks',
  'sprint',
  'epic-link',
];

export interface TermsChoices extends Partial<Omit<Terms, 'methods' | 'contacts'>> {
  readonly baseUrl: string;
  readonly projectKeys: readonly string[];
  readonly contacts: { readonly owner: TermsContact; readonly technical: TermsContact };
}

/** First terms of a connection: public trust, a client certificate, a token, read-only, no private addresses. */
export function defaultTerms(choices: TermsChoices): Terms {
  const baseUrl = withoutTrailingSlash(choices.baseUrl);
  return {
    version: choices.version ?? 1,
    baseUrl,
    linkUrl: withoutTrailingSlash(choices.linkUrl ?? baseUrl),
    egressGroup: choices.egressGroup ?? 'default',
    tlsPolicy: choices.tlsPolicy ?? 'tls12-six',
    anchors: choices.anchors ?? { kind: 'public' },
    revocation: choices.revocation ?? 'hard',
    ...(choices.revocationRules === undefined ? {} : { revocationRules: choices.revocationRules }),
    clientCertificate: choices.clientCertificate ?? { required: true },
    authenticationKind: choices.authenticationKind ?? 'pat',
    accountName: choices.accountName ?? null,
    allowPrivate: choices.allowPrivate ?? false,
    ...(choices.tls13ClientCertificate === undefined ? {} : { tls13ClientCertificate: choices.tls13ClientCertificate }),
    ...(choices.proxy === undefined ? {} : { proxy: choices.proxy }),
    ...(choices.probes === undefined ? {} : { probes: choices.probes }),
    ...(choices.swaps === undefined ? {} : { swaps: choices.swaps }),
    methods: ['GET', 'POST /search'],
    restPaths: choices.restPaths ?? defaultRestPaths,
    projectKeys: choices.projectKeys,
    fields: choices.fields ?? defaultFields,
    retention: choices.retention ?? { issueDays: null, handshakeDays: 400 },
    contacts: choices.contacts,
  };
}

function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
