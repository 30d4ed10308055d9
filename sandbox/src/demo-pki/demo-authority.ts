/**
 * The demo public CA: a root, an RSA and an ECDSA issuing CA, and what they issued. Made at first start, kept in the data
 * directory, short-lived: at a start near the end of a certificate it is renewed with the same CA keys, and near the
 * end of the root everything is made anew. Nobody outside the sandbox has a reason to trust it.
 */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { issueCertificate, type Identity, type Issuer, type Named, type Subject } from './certificate.ts';
import { clientCertificates, type ClientCertificateKind } from './client-certificates.ts';

export interface ClientIdentity extends Identity {
  readonly kind: ClientCertificateKind;
  readonly name: string;
}

/** Everything of the demo CA; `pki.json` is its JSON form. */
export interface DemoAuthority {
  readonly version: 1;
  /** Where CRLs, OCSP and CA certificates are served; it stands in every certificate below the root. */
  readonly pointerUrl: string;
  /** Instants, epoch milliseconds, at which the root and the others end. */
  readonly rootEnds: number;
  readonly issuedEnds: number;
  readonly root: Identity;
  /** A stranger's root: what an enforcer trusts that refuses us. */
  readonly strangerRoot: Identity;
  readonly rsaIssuer: Identity;
  readonly ecdsaIssuer: Identity;
  /** Answers OCSP for the ECDSA issuing CA by delegation; the RSA one and the root sign themselves. */
  readonly responder: Identity;
  readonly serverRsa: Identity;
  readonly serverEcdsa: Identity;
  readonly clients: readonly ClientIdentity[];
  /** For each of them another of the same name and authority with a new key, which ends later: what a swap goes over to. */
  readonly renewals: readonly ClientIdentity[];
  /** One more renewal, of the wildcard: nobody has brought it in yet, so that somebody can. */
  readonly toUpload: ClientIdentity;
}

/** A `pki.json` from before there were renewals lacks them; all else of it holds. */
export type KeptAuthority = Omit<DemoAuthority, 'renewals' | 'toUpload'> &
  Partial<Pick<DemoAuthority, 'renewals' | 'toUpload'>>;

export const commonNames = {
  root: 'Sallyport SANDBOX Root',
  strangerRoot: 'Other Company SANDBOX Root',
  rsaIssuer: 'Sallyport SANDBOX RSA Issuing CA',
  ecdsaIssuer: 'Sallyport SANDBOX ECDSA Issuing CA',
} as const;
/** Of another organisation: names of one are taken for one family. */
export const strangerName: Named = {
  commonName: commonNames.strangerRoot,
  organization: 'SANDBOX Other Company (not a real CA)',
};

export const dayMilliseconds = 86_400_000;
const rootDays = 365;
/** Server certificates; those issued for other servers of a test live longer. */
export const issuedDays = 30;
/** Long enough that a window after 30 days of notice begins before its end. */
const clientDays = 40;
/** What certificates of public authorities will live at most from March 2029. */
const renewalDays = 47;
const otherServerDays = 80;
const issuingDays = 90;
/** What is left of a life when a start renews it. */
const renewAtDaysLeft = 10;
const renewRootAtDaysLeft = 100;
/** Clocks of two machines differ; a certificate is valid a little before it was made. */
export const backdatedMilliseconds = 3600_000;

export const serverNames = { dnsNames: ['localhost', 'jira.customer.example'], ipv4: ['127.0.0.1'] };

/** Takes over `kept` as far as it still holds; what does not is made. `at` is now, epoch milliseconds. */
export async function establishAuthority(
  kept: KeptAuthority | null,
  pointerUrl: string,
  at: number,
): Promise<DemoAuthority> {
  if (kept === null || at > kept.rootEnds - renewRootAtDaysLeft * dayMilliseconds)
    return createAuthority(pointerUrl, at);
  const complete = isComplete(kept) ? kept : await addRenewals(kept, at);
  if (kept.pointerUrl === pointerUrl && at < kept.issuedEnds - renewAtDaysLeft * dayMilliseconds) return complete;
  return issueAll(complete, pointerUrl, at);
}

/** Every client certificate that there is, the renewals among them. */
export function allClients({ clients, renewals, toUpload }: DemoAuthority): readonly ClientIdentity[] {
  return [...clients, ...renewals, toUpload];
}

/**
 * A server certificate for other names, with a new key. Like those of most public CAs now it points to a CRL and to no OCSP
 * responder.
 */
export async function issueServer(
  authority: DemoAuthority,
  dnsNames: readonly [string, ...string[]],
  key: 'rsa' | 'ecdsa',
  at: number,
): Promise<Identity> {
  const { pointers, ...issuer } = issuerOf(authority, key === 'rsa' ? 'rsaIssuer' : 'ecdsaIssuer');
  const subject: Subject = {
    commonName: dnsNames[0],
    notBefore: at - backdatedMilliseconds,
    notAfter: at + otherServerDays * dayMilliseconds,
    purpose: { kind: 'server', dnsNames },
  };
  const keyPem = await (key === 'rsa' ? newRsaKey(2048) : newEcdsaKey());
  return issueCertificate(subject, keyPem, {
    ...issuer,
    pointers: pointers === null ? null : { ...pointers, ocsp: null },
  });
}

/** One of the CAs in the form in which it signs. */
export function issuerOf(
  authority: Pick<DemoAuthority, 'root' | 'rsaIssuer' | 'ecdsaIssuer' | 'pointerUrl'>,
  which: 'root' | 'rsaIssuer' | 'ecdsaIssuer',
): Issuer {
  const { pointerUrl } = authority;
  return {
    commonName: commonNames[which],
    keyPem: authority[which].keyPem,
    // The root is the trust anchor: nobody sends it.
    chainPem: which === 'root' ? '' : authority[which].chainPem,
    pointers: {
      crl: `${pointerUrl}/crl/${which}.crl`,
      ocsp: `${pointerUrl}/ocsp`,
      certificate: `${pointerUrl}/ca/${which}.cer`,
    },
  };
}

async function createAuthority(pointerUrl: string, at: number): Promise<DemoAuthority> {
  const life = { notBefore: at - backdatedMilliseconds, notAfter: at + rootDays * dayMilliseconds };
  const selfSigned = (name: Named, keyPem: string): Identity =>
    issueCertificate({ ...name, ...life, purpose: { kind: 'root' } }, keyPem, null);
  const unissued = (keyPem: string): Identity => ({ keyPem, certificatePem: '', chainPem: '' });
  const [root, stranger, rsaIssuer, serverRsa, ...rsaClients] = await Promise.all(
    [3072, 2048, 3072, 2048, ...clientCertificates.map(({ key }) => (key === 'rsa' ? 2048 : 0))].map((bits) =>
      bits === 0 ? newEcdsaKey() : newRsaKey(bits),
    ),
  );
  const [ecdsaIssuer, responder, serverEcdsa] = await Promise.all([newEcdsaKey(), newEcdsaKey(), newEcdsaKey()]);
  const renewed = await newRenewals();
  const keys = {
    root: selfSigned({ commonName: commonNames.root }, root ?? ''),
    strangerRoot: selfSigned(strangerName, stranger ?? ''),
    rsaIssuer: unissued(rsaIssuer ?? ''),
    ecdsaIssuer: unissued(ecdsaIssuer),
    responder: unissued(responder),
    serverRsa: unissued(serverRsa ?? ''),
    serverEcdsa: unissued(serverEcdsa),
    clients: clientCertificates.map(({ kind, name }, index) => ({ kind, name, ...unissued(rsaClients[index] ?? '') })),
    ...renewed,
  };
  return issueAll({ version: 1, pointerUrl, rootEnds: life.notAfter, issuedEnds: 0, ...keys }, pointerUrl, at);
}

/** Issues everything below the root again, with the keys that are there. */
function issueAll(keys: DemoAuthority, pointerUrl: string, at: number): DemoAuthority {
  const notBefore = at - backdatedMilliseconds;
  const issuedEnds = at + issuedDays * dayMilliseconds;
  const issuingEnds = at + issuingDays * dayMilliseconds;
  const root = issuerOf({ ...keys, pointerUrl }, 'root');
  const issuing = (commonName: string, keyPem: string): Identity =>
    issueCertificate({ commonName, notBefore, notAfter: issuingEnds, purpose: { kind: 'issuing' } }, keyPem, root);
  const authorities = {
    pointerUrl,
    root: keys.root,
    rsaIssuer: issuing(commonNames.rsaIssuer, keys.rsaIssuer.keyPem),
    ecdsaIssuer: issuing(commonNames.ecdsaIssuer, keys.ecdsaIssuer.keyPem),
  };
  const rsa = issuerOf(authorities, 'rsaIssuer');
  const ecdsa = issuerOf(authorities, 'ecdsaIssuer');
  const issue = (commonName: string, purpose: Subject['purpose'], keyPem: string, issuer: Issuer): Identity =>
    issueCertificate({ commonName, notBefore, notAfter: issuedEnds, purpose }, keyPem, issuer);
  return {
    ...keys,
    ...authorities,
    issuedEnds,
    responder: issue('Sallyport SANDBOX OCSP Responder', { kind: 'ocsp-responder' }, keys.responder.keyPem, ecdsa),
    serverRsa: issue('localhost', { kind: 'server', ...serverNames }, keys.serverRsa.keyPem, rsa),
    serverEcdsa: issue('localhost', { kind: 'server', ...serverNames }, keys.serverEcdsa.keyPem, ecdsa),
    clients: keys.clients.map((client) => issueClient(client, authorities, at, clientDays)),
    ...issueRenewals(keys, authorities, at),
  };
}

type IssuingAuthorities = Parameters<typeof issuerOf>[0];

/** By the authority of its kind, whatever it had before. */
function issueClient(
  { kind, name, keyPem }: ClientIdentity,
  authorities: IssuingAuthorities,
  at: number,
  days: number,
): ClientIdentity {
  const { key } = clientCertificates.find((candidate) => candidate.kind === kind) ?? { key: 'rsa' };
  const subject: Subject = {
    commonName: name,
    notBefore: at - backdatedMilliseconds,
    notAfter: at + days * dayMilliseconds,
    purpose: { kind: 'client', dnsNames: [name] },
  };
  return { kind, name, ...issueCertificate(subject, keyPem, issuerOf(authorities, `${key}Issuer`)) };
}

type Renewals = Pick<DemoAuthority, 'renewals' | 'toUpload'>;

function issueRenewals({ renewals, toUpload }: Renewals, authorities: IssuingAuthorities, at: number): Renewals {
  const issue = (client: ClientIdentity): ClientIdentity => issueClient(client, authorities, at, renewalDays);
  return { renewals: renewals.map(issue), toUpload: issue(toUpload) };
}

/** New keys; nothing is issued for them yet. */
async function newRenewals(): Promise<Renewals> {
  const unissued = async ({ kind, name, key }: (typeof clientCertificates)[number]): Promise<ClientIdentity> => ({
    kind,
    name,
    keyPem: await (key === 'rsa' ? newRsaKey(2048) : newEcdsaKey()),
    certificatePem: '',
    chainPem: '',
  });
  const [toUpload, ...renewals] = await Promise.all([
    unissued(clientCertificates[0]),
    ...clientCertificates.map(unissued),
  ]);
  return { renewals, toUpload };
}

function isComplete(kept: KeptAuthority): kept is DemoAuthority {
  return kept.renewals !== undefined && kept.toUpload !== undefined;
}

/** The issuing CAs live for three times as long as what they issue: a kept one outlives them. */
async function addRenewals(kept: KeptAuthority, at: number): Promise<DemoAuthority> {
  return { ...kept, ...issueRenewals(await newRenewals(), kept, at) };
}

const generate = promisify(generateKeyPair);

async function newRsaKey(modulusLength: number): Promise<string> {
  const { privateKey } = await generate('rsa', { modulusLength });
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

async function newEcdsaKey(): Promise<string> {
  const { privateKey } = await generate('ec', { namedCurve: 'P-256' });
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}
