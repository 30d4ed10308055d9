/** What a person fills in about a certificate to come, and the bodies that the API takes of it. */
import type { CertificateContacts, ClientCertificateKind, IssuancePolicy, KeyType } from '@sallyport/console-api';
import type { UploadedFiles } from '../../api/certificate-intake.ts';

export interface IntakeDraft {
  readonly way: 'inside' | 'upload';
  readonly kind: ClientCertificateKind;
  readonly customerId: string;
  readonly name: string;
  readonly domain: string;
  readonly policy: IssuancePolicy;
  readonly anchorsPem: string;
  readonly ownerName: string;
  readonly ownerEmail: string;
  /** Taken over from what it follows; not asked for. */
  readonly technical: CertificateContacts['technical'] | null;
  readonly makeDefault: boolean;
  readonly keyType: KeyType;
  readonly commonName: string;
  readonly dnsNames: string;
  readonly organization: string;
  readonly country: string;
  readonly files: UploadedFiles;
  readonly password: string;
}

export const emptyIntake: IntakeDraft = {
  way: 'inside',
  kind: 'operator-named',
  customerId: '',
  name: '',
  domain: '',
  policy: 'public-third-party',
  anchorsPem: '',
  ownerName: '',
  ownerEmail: '',
  technical: null,
  makeDefault: false,
  keyType: 'p256',
  commonName: '',
  dnsNames: '',
  organization: '',
  country: '',
  files: [],
  password: '',
};

export type IntakeFaults = Readonly<Partial<Record<keyof IntakeDraft, string>>>;

/** What is missing before it is worth asking; the API judges the rest. */
export function intakeFaults(draft: IntakeDraft): IntakeFaults {
  const faults: Partial<Record<keyof IntakeDraft, string>> = {};
  if (draft.kind === 'customer-custom' && draft.customerId === '') faults.customerId = 'Choose the customer.';
  if (draft.policy === 'agreed-private-ca' && !draft.anchorsPem.includes('-----BEGIN CERTIFICATE-----'))
    faults.anchorsPem = 'Paste the roots of the agreed authority, in PEM form.';
  if ((draft.ownerName.trim() === '') !== (draft.ownerEmail.trim() === ''))
    faults.ownerName = 'Name and e-mail address go together.';
  if (draft.way === 'inside' && draft.commonName.trim() === '') faults.commonName = 'Give the name to be certified.';
  if (draft.way === 'upload' && draft.files.length === 0) faults.files = 'Choose the files.';
  return faults;
}

const unlessEmpty = <Name extends string>(name: Name, text: string): Partial<Record<Name, string>> =>
  text.trim() === '' ? {} : ({ [name]: text.trim() } as Record<Name, string>);

function aboutBody(draft: IntakeDraft) {
  const owner = { name: draft.ownerName.trim(), email: draft.ownerEmail.trim() };
  const custom = draft.kind === 'customer-custom';
  return {
    kind: draft.kind,
    policy: draft.policy,
    makeDefault: !custom && draft.makeDefault,
    ...unlessEmpty('name', draft.name),
    ...unlessEmpty('domain', draft.domain),
    ...(custom ? { customerId: draft.customerId } : {}),
    ...(draft.policy === 'agreed-private-ca' ? unlessEmpty('anchorsPem', draft.anchorsPem) : {}),
    ...(owner.name === ''
      ? {}
      : { contacts: { owner, ...(draft.technical == null ? {} : { technical: draft.technical }) } }),
  };
}

/** POST /certificate-requests. */
export function requestBody(draft: IntakeDraft) {
  return {
    ...aboutBody(draft),
    keyType: draft.keyType,
    commonName: draft.commonName.trim(),
    dnsNames: draft.dnsNames.split(/[\s,]+/u).filter((name) => name !== ''),
    ...unlessEmpty('organization', draft.organization),
    ...unlessEmpty('country', draft.country.toUpperCase()),
  };
}

/** POST /certificate-uploads. */
export function uploadBody(draft: IntakeDraft) {
  return {
    ...aboutBody(draft),
    files: draft.files,
    // A password may begin or end with blanks.
    ...(draft.password === '' ? {} : { password: draft.password }),
  };
}

const shownFields: Readonly<Record<string, keyof IntakeDraft>> = {
  'contacts.owner.name': 'ownerName',
  'contacts.owner.email': 'ownerEmail',
};
const alwaysShown = ['customerId', 'name', 'domain', 'anchorsPem'] as const;
const shownOfWay = {
  inside: ['commonName', 'dnsNames', 'organization', 'country'],
  upload: ['files', 'password'],
} as const;

/** The field of the form at which a refused path of the request is shown; null where the form shows it nowhere. */
export function refusedFieldOf(path: string, { way }: Pick<IntakeDraft, 'way'>): keyof IntakeDraft | null {
  const [first = ''] = path.split('.');
  return shownFields[path] ?? [...alwaysShown, ...shownOfWay[way]].find((field) => field === first) ?? null;
}
