import type { ChangeConnection, ConnectionDetail, Customer, FieldFault, NewConnection } from '@sallyport/console-api';
import { Problem } from '../../api/problem.ts';
import {
  crlAddressesOf,
  isTlsProxy,
  projectKeysOf,
  type ConnectionDraft,
  type DraftField,
  type DraftFaults,
} from './connection-draft.ts';
import { draftOfSwaps, swapsOf, type SwapsDraft } from './swaps-draft.ts';

/** The request that writes the draft down; a customer known by name is meant, not made a second time. */
export function connectionRequest(
  draft: ConnectionDraft,
  customers: readonly Customer[],
  confirmSharedHost: boolean,
): NewConnection {
  const name = draft.customerName.trim();
  const known = customers.find((customer) => customer.name.toLowerCase() === name.toLowerCase());
  const accountName = draft.accountName.trim();
  return {
    customer: known === undefined ? { name } : { id: known.id },
    baseUrl: draft.baseUrl.trim(),
    authentication: credentialOf(draft),
    accountName: accountName === '' ? null : accountName,
    clientCertificate: draft.withClientCertificate
      ? { required: true, ...(draft.clientCertificateId === '' ? {} : { id: draft.clientCertificateId }) }
      : { required: false, reason: draft.withoutReason.trim() },
    ...(confirmSharedHost ? { confirmSharedHost } : {}),
    ...(draft.probes === 'negative' ? { probes: draft.probes } : {}),
    ...(draft.withClientCertificate ? withSwaps(draft.swaps, null) : {}),
    ...sharedTerms(draft),
  };
}

/** Hashes of the terms of which a person has read what they weaken, and whom they would refuse. */
export interface ReadHashes {
  readonly approvedSha256: string | null;
  readonly replayedSha256: string | null;
}

/**
 * The request that changes the terms: a new version; an empty secret leaves the sealed one as it is. @param before what
 * the form began with: what is taken away must be said, not left out
 */
export function changeRequest(draft: ConnectionDraft, before: ConnectionDraft, read: ReadHashes): ChangeConnection {
  const accountName = draft.accountName.trim();
  return {
    baseUrl: draft.baseUrl.trim(),
    accountName: accountName === '' ? null : accountName,
    ...(draft.secret === '' ? {} : { authentication: credentialOf(draft) }),
    ...(read.approvedSha256 === null ? {} : { approvedSha256: read.approvedSha256 }),
    ...(read.replayedSha256 === null ? {} : { replayedSha256: read.replayedSha256 }),
    ...(before.withProxy && !draft.withProxy ? { proxy: null } : {}),
    ...(revocationRulesOf(draft) === null && revocationRulesOf(before) !== null ? { revocationRules: {} } : {}),
    ...(draft.probes === before.probes ? {} : { probes: draft.probes }),
    ...withSwaps(draft.swaps, before.swaps),
    ...sharedTerms(draft),
  };
}

function credentialOf(draft: ConnectionDraft): NewConnection['authentication'] {
  return draft.authenticationKind === 'pat'
    ? { kind: 'pat', token: draft.secret.trim() }
    : { kind: 'basic', username: draft.accountName.trim(), password: draft.secret };
}

type SharedTerms = Pick<
  NewConnection,
  | 'projectKeys'
  | 'tlsPolicy'
  | 'tls13ClientCertificate'
  | 'anchors'
  | 'revocation'
  | 'revocationRules'
  | 'allowPrivate'
  | 'proxy'
  | 'proxyCredential'
  | 'contacts'
>;

function sharedTerms(draft: ConnectionDraft): SharedTerms {
  const rules = revocationRulesOf(draft);
  return {
    ...(draft.tlsPolicy === 'tls13' && draft.tls13Reason.trim() !== ''
      ? { tls13ClientCertificate: { reason: draft.tls13Reason.trim() } }
      : {}),
    ...(rules === null ? {} : { revocationRules: rules }),
    ...(draft.withProxy ? proxyOf(draft) : {}),
    projectKeys: [...projectKeysOf(draft.projectKeys)],
    tlsPolicy: draft.tlsPolicy,
    anchors: draft.anchorsKind === 'public' ? { kind: 'public' } : { kind: 'pem', pem: draft.anchorsPem },
    revocation: draft.revocation,
    allowPrivate: draft.allowPrivate,
    contacts: {
      owner: { name: draft.ownerName.trim(), email: draft.ownerEmail.trim() },
      technical: { name: draft.technicalName.trim(), email: draft.technicalEmail.trim() },
    },
  };
}

/** Null where the terms are the strictest: no member is written then. */
function revocationRulesOf(draft: ConnectionDraft): NonNullable<NewConnection['revocationRules']> | null {
  const { graceHours, greatestAgeHours } = draft;
  const crlAddresses = draft.anchorsKind === 'pem' ? crlAddressesOf(draft.crlAddresses) : [];
  const rules = {
    ...(graceHours.trim() === '' ? {} : { graceHours: Number(graceHours) }),
    ...(greatestAgeHours.trim() === '' ? {} : { greatestAgeHours: Number(greatestAgeHours) }),
    ...(crlAddresses.length === 0 ? {} : { crlAddresses: [...crlAddresses] }),
    ...(draft.anchorsKind === 'pem' && draft.noRevocationData ? { anchorIssuesNoRevocationData: true } : {}),
  };
  return Object.keys(rules).length === 0 ? null : rules;
}

/** Nothing where nothing differs from before; taken away as a whole where all is as usual again. */
function withSwaps(draft: SwapsDraft, before: SwapsDraft | null): Pick<NewConnection, 'swaps'> {
  const swaps = swapsOf(draft);
  const known = before === null ? null : swapsOf(before);
  return JSON.stringify(swaps) === JSON.stringify(known) ? {} : { swaps: swaps ?? {} };
}

function proxyOf(draft: ConnectionDraft): Pick<NewConnection, 'proxy' | 'proxyCredential'> {
  const isPem = isTlsProxy(draft) && draft.proxyAnchorsKind === 'pem';
  return {
    proxy: {
      url: draft.proxyUrl.trim(),
      authenticationKind: draft.proxyAuthentication,
      anchors: isPem ? { kind: 'pem', pem: draft.proxyAnchorsPem } : { kind: 'public' },
      allowPrivate: draft.proxyAllowPrivate,
      ...(draft.proxyTlsPolicy === '' ? {} : { tlsPolicy: draft.proxyTlsPolicy }),
    },
    ...(draft.proxyAuthentication === 'basic' && draft.proxyUsername !== ''
      ? { proxyCredential: { username: draft.proxyUsername.trim(), password: draft.proxyPassword } }
      : {}),
  };
}

/** What the form of a change begins with: the terms that hold. The secret is nowhere to be read, so it is empty. */
export function draftOfTerms({ customer, terms }: ConnectionDetail): ConnectionDraft {
  const { anchors, contacts, proxy, revocationRules = {}, ...document } = terms.document;
  return {
    customerName: customer.name,
    baseUrl: document.baseUrl,
    projectKeys: document.projectKeys.join(', '),
    authenticationKind: document.authenticationKind,
    accountName: document.accountName ?? '',
    secret: '',
    tlsPolicy: document.tlsPolicy,
    tls13Reason: document.tls13ClientCertificate?.reason ?? '',
    anchorsKind: anchors.kind,
    anchorsPem: anchors.kind === 'pem' ? anchors.pem : '',
    revocation: document.revocation,
    graceHours: String(revocationRules.graceHours ?? ''),
    greatestAgeHours: String(revocationRules.greatestAgeHours ?? ''),
    crlAddresses: (revocationRules.crlAddresses ?? []).map(({ url, authority }) => `${url} ${authority}`).join('\n'),
    noRevocationData: revocationRules.anchorIssuesNoRevocationData ?? false,
    allowPrivate: document.allowPrivate,
    withProxy: proxy !== undefined,
    proxyUrl: proxy?.url ?? '',
    proxyAuthentication: proxy?.authenticationKind ?? 'none',
    proxyUsername: '',
    proxyPassword: '',
    proxyAnchorsKind: proxy?.anchors.kind ?? 'public',
    proxyAnchorsPem: proxy?.anchors.kind === 'pem' ? proxy.anchors.pem : '',
    proxyAllowPrivate: proxy?.allowPrivate ?? false,
    proxyTlsPolicy: proxy?.tlsPolicy ?? '',
    probes: document.probes ?? 'positive',
    swaps: draftOfSwaps(document.swaps),
    withClientCertificate: document.clientCertificate.required,
    clientCertificateId: '',
    withoutReason: document.clientCertificate.required ? '' : document.clientCertificate.reason,
    ownerName: contacts.owner.name,
    ownerEmail: contacts.owner.email,
    technicalName: contacts.technical.name,
    technicalEmail: contacts.technical.email,
  };
}

/** Which field of the form a refused path of the request belongs to; the longest prefix decides. */
const fieldOfPath: readonly (readonly [string, DraftField])[] = [
  ['customer', 'customerName'],
  ['baseUrl', 'baseUrl'],
  ['projectKeys', 'projectKeys'],
  ['authentication.username', 'accountName'],
  ['authentication', 'secret'],
  ['accountName', 'accountName'],
  ['anchors', 'anchorsPem'],
  ['tls13ClientCertificate', 'tls13Reason'],
  ['revocationRules.graceHours', 'graceHours'],
  ['revocationRules.greatestAgeHours', 'greatestAgeHours'],
  ['revocationRules', 'crlAddresses'],
  ['proxy.anchors', 'proxyAnchorsPem'],
  ['proxyCredential.password', 'proxyPassword'],
  ['proxyCredential', 'proxyUsername'],
  ['proxy', 'proxyUrl'],
  ['clientCertificate.id', 'clientCertificateId'],
  ['clientCertificate', 'withoutReason'],
  ['contacts.owner.email', 'ownerEmail'],
  ['contacts.owner', 'ownerName'],
  ['contacts.technical.email', 'technicalEmail'],
  ['contacts.technical', 'technicalName'],
];

/** What the web tier refused, at the fields of the form. */
export function refusedFields(error: unknown): DraftFaults {
  if (!(error instanceof Problem)) return {};
  const faults: Partial<Record<DraftField, string>> = {};
  for (const { path, message } of error.fields) {
    const field = fieldFor({ path });
    if (field !== null) faults[field] ??= message;
  }
  return faults;
}

function fieldFor({ path }: Pick<FieldFault, 'path'>): DraftField | null {
  if (path.startsWith('swaps.')) return path as DraftField;
  return fieldOfPath.find(([prefix]) => path === prefix || path.startsWith(`${prefix}.`))?.[1] ?? null;
}
