import type { ChangeConnection, ConnectionDetail, Customer, FieldFault, NewConnection } from '@sallyport/console-api';
import { Problem } from '../../api/problem.ts';
import { projectKeysOf, type ConnectionDraft, type DraftField, type DraftFaults } from './connection-draft.ts';

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
    ...sharedTerms(draft),
  };
}

/** The request that changes the terms: a new version; an empty secret leaves the sealed one as it is. */
export function changeRequest(draft: ConnectionDraft, approvedSha256: string | null): ChangeConnection {
  const accountName = draft.accountName.trim();
  return {
    baseUrl: draft.baseUrl.trim(),
    accountName: accountName === '' ? null : accountName,
    ...(draft.secret === '' ? {} : { authentication: credentialOf(draft) }),
    ...(approvedSha256 === null ? {} : { approvedSha256 }),
    ...sharedTerms(draft),
  };
}

function credentialOf(draft: ConnectionDraft): NewConnection['authentication'] {
  return draft.authenticationKind === 'pat'
    ? { kind: 'pat', token: draft.secret.trim() }
    : { kind: 'basic', username: draft.accountName.trim(), password: draft.secret };
}

function sharedTerms(
  draft: ConnectionDraft,
): Pick<NewConnection, 'projectKeys' | 'tlsPolicy' | 'anchors' | 'revocation' | 'allowPrivate' | 'contacts'> {
  return {
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

/** What the form of a change begins with: the terms that hold. The secret is nowhere to be read, so it is empty. */
export function draftOfTerms({ customer, terms }: ConnectionDetail): ConnectionDraft {
  const { anchors, contacts, ...document } = terms.document;
  return {
    customerName: customer.name,
    baseUrl: document.baseUrl,
    projectKeys: document.projectKeys.join(', '),
    authenticationKind: document.authenticationKind,
    accountName: document.accountName ?? '',
    secret: '',
    tlsPolicy: document.tlsPolicy,
    anchorsKind: anchors.kind,
    anchorsPem: anchors.kind === 'pem' ? anchors.pem : '',
    revocation: document.revocation,
    allowPrivate: document.allowPrivate,
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
  return fieldOfPath.find(([prefix]) => path === prefix || path.startsWith(`${prefix}.`))?.[1] ?? null;
}
