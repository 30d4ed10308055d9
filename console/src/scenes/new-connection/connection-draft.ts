import { emptySwaps, swapsFaults, type SwapsDraft } from './swaps-draft.ts';

export type TlsPolicy = 'tls12-six' | 'tls12-four' | 'tls13';

/** What the form of a new connection holds: texts and choices, as they are typed. */
export interface ConnectionDraft {
  readonly customerName: string;
  readonly baseUrl: string;
  readonly projectKeys: string;
  readonly authenticationKind: 'pat' | 'basic';
  readonly accountName: string;
  /** Token or password; leaves the form once, sealed on arrival. */
  readonly secret: string;
  readonly tlsPolicy: TlsPolicy;
  /** The operator's written word that our client certificate is used with TLS 1.3. */
  readonly tls13Reason: string;
  readonly anchorsKind: 'public' | 'pem';
  readonly anchorsPem: string;
  readonly revocation: 'hard' | 'soft' | 'off';
  /** Hours, as typed; empty: no grace, no greatest age. */
  readonly graceHours: string;
  readonly greatestAgeHours: string;
  /** A line each: the address of a CRL, then the authority whose CRL lies there. */
  readonly crlAddresses: string;
  readonly noRevocationData: boolean;
  readonly allowPrivate: boolean;
  readonly withProxy: boolean;
  readonly proxyUrl: string;
  readonly proxyAuthentication: 'none' | 'basic';
  readonly proxyUsername: string;
  readonly proxyPassword: string;
  readonly proxyAnchorsKind: 'public' | 'pem';
  readonly proxyAnchorsPem: string;
  readonly proxyAllowPrivate: boolean;
  /** Empty: the connection's own. */
  readonly proxyTlsPolicy: TlsPolicy | '';
  readonly probes: 'positive' | 'negative';
  readonly swaps: SwapsDraft;
  readonly withClientCertificate: boolean;
  /** Empty: the operator's default. */
  readonly clientCertificateId: string;
  readonly withoutReason: string;
  readonly ownerName: string;
  readonly ownerEmail: string;
  readonly technicalName: string;
  readonly technicalEmail: string;
}

/** A field of the form; of what is agreed about swaps, by its place in the terms. */
export type DraftField = keyof ConnectionDraft | `swaps.${string}`;
export type DraftFaults = Readonly<Partial<Record<DraftField, string>>>;

/** The safe choices: public anchors, a client certificate, no private addresses. */
export const emptyDraft: ConnectionDraft = {
  customerName: '',
  baseUrl: '',
  projectKeys: '',
  authenticationKind: 'pat',
  accountName: '',
  secret: '',
  tlsPolicy: 'tls12-six',
  tls13Reason: '',
  anchorsKind: 'public',
  anchorsPem: '',
  revocation: 'hard',
  graceHours: '',
  greatestAgeHours: '',
  crlAddresses: '',
  noRevocationData: false,
  allowPrivate: false,
  withProxy: false,
  proxyUrl: '',
  proxyAuthentication: 'none',
  proxyUsername: '',
  proxyPassword: '',
  proxyAnchorsKind: 'public',
  proxyAnchorsPem: '',
  proxyAllowPrivate: false,
  proxyTlsPolicy: '',
  probes: 'positive',
  swaps: emptySwaps,
  withClientCertificate: true,
  clientCertificateId: '',
  withoutReason: '',
  ownerName: '',
  ownerEmail: '',
  technicalName: '',
  technicalEmail: '',
};

const pemBegin = '-----BEGIN CERTIFICATE-----';
const noPem = `Paste at least one certificate in PEM form: it begins with ${pemBegin}.`;
const projectKey = /^[A-Z][A-Z0-9_]{0,254}$/u;
const email = /^[^@\s]+@[^@\s]+$/u;
const shortestReason = 10;

/** `ABC, DEF` or one on a line: the keys. */
export function projectKeysOf(text: string): readonly string[] {
  const keys = text.split(/[\s,;]+/u).filter((key) => key !== '');
  return [...new Set(keys.map((key) => key.toUpperCase()))];
}

/**
 * What a person can see and repair before anything is sent; the web tier judges again. `sealedKind` is the kind of the
 * credential that is sealed already; null where there is none yet.
 */
export function draftFaults(draft: ConnectionDraft, sealedKind: 'pat' | 'basic' | null): DraftFaults {
  const faults: Partial<Record<DraftField, string>> = {};
  const needed = (field: keyof ConnectionDraft, sentence: string): void => {
    const value = draft[field];
    if (typeof value === 'string' && value.trim() === '') faults[field] = sentence;
  };
  needed('customerName', 'Name the customer.');
  const url = urlFault(draft.baseUrl.trim());
  if (url !== null) faults.baseUrl = url;
  const keys = projectKeysOf(draft.projectKeys);
  const odd = keys.find((key) => !projectKey.test(key));
  if (keys.length === 0) faults.projectKeys = 'Name at least one project, by its key.';
  else if (odd !== undefined) faults.projectKeys = `${odd} is no project key: letters, digits and _ after a letter.`;
  if (draft.authenticationKind !== sealedKind)
    needed('secret', draft.authenticationKind === 'pat' ? 'Paste the personal access token.' : 'Enter the password.');
  if (draft.authenticationKind === 'basic') needed('accountName', 'Enter the user name of the account.');
  if (draft.anchorsKind === 'pem' && !draft.anchorsPem.includes(pemBegin)) faults.anchorsPem = noPem;
  if (!draft.withClientCertificate && draft.withoutReason.trim().length < shortestReason) {
    faults.withoutReason = 'Going without is an exception: write down why, in a sentence.';
  }
  if (draft.tlsPolicy === 'tls13' && draft.withClientCertificate && draft.tls13Reason.trim().length < shortestReason) {
    faults.tls13Reason = 'Write down in a sentence who accepted it, and why.';
  }
  Object.assign(faults, revocationFaults(draft), draft.withProxy ? proxyFaults(draft) : {});
  if (draft.withClientCertificate) Object.assign(faults, swapsFaults(draft.swaps));
  needed('ownerName', 'Name who owns the connection at the customer.');
  if (!email.test(draft.ownerEmail.trim())) faults.ownerEmail = 'Enter an e-mail address.';
  needed('technicalName', 'Name who can act on technical findings.');
  if (!email.test(draft.technicalEmail.trim())) faults.technicalEmail = 'Enter an e-mail address.';
  return faults;
}

function urlFault(text: string): string | null {
  const url = URL.parse(text);
  if (text === '') return 'Enter the address of Jira, with its context path.';
  if (url === null || url.hostname === '') return 'This is no address such as https://jira.example.com/jira.';
  if (url.protocol !== 'https:') return 'It must begin with https://: nothing is sent in the open.';
  if (url.username !== '' || url.password !== '') return 'Leave user name and password out of the address.';
  if (url.search !== '' || url.hash !== '') return 'Leave out everything from ? or # on.';
  return null;
}

/** How long grace and age may be the web tier knows. */
function revocationFaults(draft: ConnectionDraft): DraftFaults {
  const faults: Partial<Record<DraftField, string>> = {};
  for (const field of ['graceHours', 'greatestAgeHours'] as const) {
    if (!/^\d{0,5}$/u.test(draft[field].trim())) faults[field] = 'A whole number of hours, or nothing.';
  }
  if (draft.anchorsKind === 'pem' && crlAddressesOf(draft.crlAddresses).some(({ authority }) => authority === '')) {
    faults.crlAddresses = 'In each line the address, a space, then the authority as reports show it.';
  }
  return faults;
}

function proxyFaults(draft: ConnectionDraft): DraftFaults {
  const faults: Partial<Record<DraftField, string>> = {};
  const url = URL.parse(draft.proxyUrl.trim());
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    faults.proxyUrl = 'An address such as http://proxy.example.com:3128.';
  } else if (url.username !== '' || url.password !== '') {
    faults.proxyUrl = 'Leave user name and password out of the address: they are sealed, the address is printed.';
  }
  if (isTlsProxy(draft) && draft.proxyAnchorsKind === 'pem' && !draft.proxyAnchorsPem.includes(pemBegin)) {
    faults.proxyAnchorsPem = noPem;
  }
  return faults;
}

/** Whether the proxy itself is spoken to by TLS: only then somebody must vouch for its name. */
export function isTlsProxy({ proxyUrl }: Pick<ConnectionDraft, 'proxyUrl'>): boolean {
  return /^https:/iu.test(proxyUrl.trim());
}

/** `http://crl.example/ca.crl CN=CA,O=Example`, a line each. */
export function crlAddressesOf(text: string): readonly { readonly url: string; readonly authority: string }[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [url = '', ...authority] = line.split(/\s+/u);
      return { url, authority: authority.join(' ') };
    });
}
