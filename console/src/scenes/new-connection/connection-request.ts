import type { Customer, FieldFault, NewConnection } from '@sallyport/console-api';
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
    authentication:
      draft.authenticationKind === 'pat'
        ? { kind: 'pat', token: draft.secret.trim() }
        : { kind: 'basic', username: accountName, password: draft.secret },
    accountName: accountName === '' ? null : accountName,
    clientCertificate: draft.withClientCertificate
      ? { required: true, ...(draft.clientCertificateId === '' ? {} : { id: draft.clientCertificateId }) }
      : { required: false, reason: draft.withoutReason.trim() },
    projectKeys: [...projectKeysOf(draft.projectKeys)],
    tlsPolicy: draft.tlsPolicy,
    anchors: draft.anchorsKind === 'public' ? { kind: 'public' } : { kind: 'pem', pem: draft.anchorsPem },
    revocation: draft.revocation,
    allowPrivate: draft.allowPrivate,
    ...(confirmSharedHost ? { confirmSharedHost } : {}),
    contacts: {
      owner: { name: draft.ownerName.trim(), email: draft.ownerEmail.trim() },
      technical: { name: draft.technicalName.trim(), email: draft.technicalEmail.trim() },
    },
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
