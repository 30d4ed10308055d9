/** Forms that begin filled in: the renewal of a certificate, and an upload that is tried again with other files. */
import type { CertificateContacts, CertificateUpload, ClientCertificateDetail, KeyType } from '@sallyport/console-api';
import { commonName } from '../../words/distinguished-name.ts';
import { emptyIntake, type IntakeDraft } from './intake-draft.ts';

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

type Said = Pick<CertificateUpload, 'kind' | 'customerId' | 'domain' | 'policy' | 'agreedRoots' | 'contacts'>;

function aboutOf({ kind, customerId, domain, policy, agreedRoots, contacts }: Said): Partial<IntakeDraft> {
  return {
    kind,
    customerId: customerId ?? '',
    domain: domain ?? '',
    policy,
    anchorsPem: agreedRoots.map(({ pem }) => pem).join(''),
    ...ownerOf(contacts),
  };
}

function ownerOf(contacts: CertificateContacts | null): Partial<IntakeDraft> {
  return contacts === null
    ? {}
    : { ownerName: contacts.owner.name, ownerEmail: contacts.owner.email, technical: contacts.technical ?? null };
}

/** All that was said with an upload, without its files and its password: nobody has those any more. */
export function draftOfUpload(upload: Said & Pick<CertificateUpload, 'name' | 'makeDefault'>): IntakeDraft {
  const { name, makeDefault } = upload;
  return { ...emptyIntake, ...aboutOf(upload), way: 'upload', name: name ?? '', makeDefault };
}

/** A new key for the same names, from the same authority, for the same owner. */
export function draftOfRenewal(
  certificate: Said & Pick<ClientCertificateDetail, 'name' | 'subject' | 'chain'>,
  now: number,
): IntakeDraft {
  const { name, subject, chain } = certificate;
  const [endEntity] = chain;
  const names = (endEntity?.subjectAltNames ?? []).flatMap((one) => (one.startsWith('dns:') ? one.slice(4) : []));
  return {
    ...emptyIntake,
    ...aboutOf(certificate),
    way: 'inside',
    name: `${name.replace(/ renewed \p{Lu}\p{Ll}+ \d{4}$/u, '')} renewed ${month.format(now)}`,
    keyType: keyTypeOf(endEntity?.key ?? ''),
    commonName: commonName(subject),
    dnsNames: names.join(', '),
    organization: partOf(subject, 'O'),
    country: partOf(subject, 'C'),
  };
}

/** Of the keys that are made here, the one that is like it. */
function keyTypeOf(key: string): KeyType {
  if (key.startsWith('RSA')) return 'rsa3072';
  return key === 'P-384' ? 'p384' : 'p256';
}

function partOf(subject: string, type: string): string {
  return new RegExp(`(?:^|[,+]\\s*)${type}=([^,+\\\\]+)`, 'u').exec(subject)?.[1]?.trim() ?? '';
}
