import type { CertificateContacts, ClientCertificateDetail } from '@sallyport/console-api';

export interface DescriptionDraft {
  readonly name: string;
  readonly ownerName: string;
  readonly ownerEmail: string;
  readonly technicalName: string;
  readonly technicalEmail: string;
}
export type DescriptionField = keyof DescriptionDraft;

export function draftOf({ name, contacts }: Pick<ClientCertificateDetail, 'name' | 'contacts'>): DescriptionDraft {
  return {
    name,
    ownerName: contacts?.owner.name ?? '',
    ownerEmail: contacts?.owner.email ?? '',
    technicalName: contacts?.technical?.name ?? '',
    technicalEmail: contacts?.technical?.email ?? '',
  };
}

const email = /^[^@\s]+@[^@\s]+\.[^@\s]+$/u;

/** Contacts may be left out as a whole; whoever is named has a name and an address. */
export function descriptionFaults(draft: DescriptionDraft): Readonly<Partial<Record<DescriptionField, string>>> {
  const faults: Partial<Record<DescriptionField, string>> = {};
  if (draft.name.trim() === '') faults.name = 'Give it a name.';
  const [owner, technical] = [personOf(draft, 'owner'), personOf(draft, 'technical')];
  for (const [who, person] of [
    ['owner', owner],
    ['technical', technical],
  ] as const) {
    // Somebody technical is named beside an owner, not instead of one.
    if (person === null && !(who === 'owner' && technical !== null)) continue;
    if ((person?.name ?? '') === '') faults[`${who}Name`] = 'Name the person.';
    if (!email.test(person?.email ?? '')) faults[`${who}Email`] = 'Enter an e-mail address.';
  }
  return faults;
}

export function changeOf(draft: DescriptionDraft): { readonly name: string; readonly contacts?: CertificateContacts } {
  const [owner, technical] = [personOf(draft, 'owner'), personOf(draft, 'technical')];
  const name = draft.name.trim();
  if (owner === null) return { name };
  return { name, contacts: { owner, ...(technical === null ? {} : { technical }) } };
}

function personOf(draft: DescriptionDraft, who: 'owner' | 'technical'): CertificateContacts['owner'] | null {
  const person = { name: draft[`${who}Name`].trim(), email: draft[`${who}Email`].trim() };
  return person.name === '' && person.email === '' ? null : person;
}

/** Which field a refused path of the request belongs to. */
export function fieldOfPath(path: string): DescriptionField | null {
  const known: Readonly<Record<string, DescriptionField>> = {
    name: 'name',
    'contacts.owner.name': 'ownerName',
    'contacts.owner.email': 'ownerEmail',
    'contacts.technical.name': 'technicalName',
    'contacts.technical.email': 'technicalEmail',
  };
  return known[path] ?? null;
}
