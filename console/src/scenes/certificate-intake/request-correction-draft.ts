/** What was said of a certificate to come, as a person corrects it. */
import type { CertificateRequest, CertificateRequestCorrection } from '@sallyport/console-api';
import { changedFacts, correctionOf, type CorrectionDraft } from '../client-certificate/correction-draft.ts';

export interface RequestCorrectionDraft extends CorrectionDraft {
  readonly name: string;
  readonly ownerName: string;
  readonly ownerEmail: string;
}
type Corrected = Pick<CertificateRequest, 'kind' | 'domain' | 'policy' | 'name' | 'contacts'>;

export function requestCorrectionOf(asked: Corrected): RequestCorrectionDraft {
  const { name, contacts } = asked;
  return {
    ...correctionOf(asked),
    name,
    ownerName: contacts?.owner.name ?? '',
    ownerEmail: contacts?.owner.email ?? '',
  };
}

/** Only what differs; empty where nothing does. Whoever is named is replaced, not taken away. */
export function changedRequestFacts(asked: Corrected, draft: RequestCorrectionDraft): CertificateRequestCorrection {
  const name = draft.name.trim();
  const owner = { name: draft.ownerName.trim(), email: draft.ownerEmail.trim() };
  const before = asked.contacts?.owner;
  const isSameOwner = owner.name === (before?.name ?? '') && owner.email === (before?.email ?? '');
  return {
    ...changedFacts(asked, draft),
    ...(name === '' || name === asked.name ? {} : { name }),
    ...(isSameOwner ? {} : { contacts: { ...asked.contacts, owner } }),
  };
}

/** Which fact of a correction a refused path of the request belongs to. */
export function correctionFieldOf(path: string): keyof RequestCorrectionDraft | null {
  const known: Readonly<Record<string, keyof RequestCorrectionDraft>> = {
    kind: 'kind',
    name: 'name',
    domain: 'domain',
    policy: 'policy',
    anchorsPem: 'anchorsPem',
    'contacts.owner.name': 'ownerName',
    'contacts.owner.email': 'ownerEmail',
  };
  return known[path] ?? null;
}
