/**
 * The certificates of the matrix: a root that we trust, an issuing authority below it, a stranger's and a private root, and
 * server and client certificates with one thing wrong each. Their revocation pointers name the fault of the source.
 */
import {
  clientAuthentication,
  issueCertificate,
  issueRevocationList,
  makeAnswer,
  ocspRequest,
  pem,
  serialOf,
  serverAuthentication,
  type AnsweredIssuer,
  type Identity,
  type Impostors,
  type Issuer,
  type Revocation,
  type SourceFault,
  type Subject,
} from '@sallyport/sandbox';
import { keyPemOf, type KeyName } from './keys.ts';

/** The host of every case: two labels below the customer's domain, so that a wildcard can be too high. */
export const faultHost = 'jira.dc.customer.example';
const day = 86_400_000;
/** Where nobody listens: a port below those that are given to programs. */
const nobody = 'http://127.0.0.1:1';

export type AuthorityName = 'root' | 'issuing' | 'rsa' | 'private' | 'private-issuing' | 'stranger';

const commonNames: Readonly<Record<AuthorityName, string>> = {
  root: 'Faults Root',
  issuing: 'Faults Issuing CA',
  rsa: 'Faults RSA Issuing CA',
  private: 'Corporate Root of the Customer',
  'private-issuing': 'Corporate Issuing CA of the Customer',
  stranger: 'Stranger Root',
};

/** Whose they are where they are not of the matrix: names of one organisation are taken for one family. */
const organizations: Readonly<Partial<Record<AuthorityName, string>>> = {
  private: 'Customer Corporation',
  'private-issuing': 'Customer Corporation',
  stranger: 'Somebody Else',
};

/** Which sources a certificate names: a healthy one, a faulty one, or none. */
export interface Pointers {
  readonly crl: SourceFault | 'healthy' | null;
  readonly ocsp: SourceFault | 'healthy' | null;
}

/** What is asked of a certificate; what is not said is right. */
export interface Wish {
  readonly names?: readonly string[] | null;
  readonly commonName?: string;
  /** Days from now. */
  readonly from?: number;
  readonly until?: number;
  readonly key?: KeyName;
  readonly issuer?: AuthorityName | 'itself';
  readonly purpose?: 'server' | 'client';
  readonly hash?: 'sha1';
  readonly pointers?: Pointers;
  readonly revoked?: true;
  /** Only the certificate itself is sent. */
  readonly alone?: true;
}

/** Which lists an enforcer has, and how old they are; lists hold for a day. */
export interface ListsWish {
  readonly daysAgo?: number;
  readonly of?: readonly AuthorityName[];
}

const healthy: Pointers = { crl: 'healthy', ocsp: null };

export class FaultWorld {
  readonly #sourceUrl: string;
  readonly #now: number;
  readonly #identities = new Map<AuthorityName, Identity>();
  readonly #revoked = new Map<AuthorityName, Map<bigint, Revocation>>();

  /** @param sourceUrl where CRLs and OCSP responses come from, without a slash at the end */
  constructor(sourceUrl: string, now: number) {
    this.#sourceUrl = sourceUrl;
    this.#now = now;
    for (const name of ['root', 'private', 'stranger'] as const)
      this.#identities.set(
        name,
        issueCertificate(this.#subject(nameOf(name), { kind: 'root' }, -400, 400), keyPemOf(`${name}-authority`), null),
      );
    for (const [name, above] of [
      ['issuing', 'root'],
      ['rsa', 'root'],
      ['private-issuing', 'private'],
    ] as const) {
      const subject = this.#subject(nameOf(name), { kind: 'issuing' }, -300, 300);
      this.#identities.set(
        name,
        issueCertificate(subject, keyPemOf(`${name}-authority`), this.#issuer(above, healthy)),
      );
    }
  }

  /** PEM of an authority's own certificate. */
  certificateOf(name: AuthorityName): string {
    return this.#identity(name).certificatePem;
  }

  server(wish: Wish = {}): Identity {
    return this.#issue(
      { names: [faultHost], commonName: faultHost, key: 'server', purpose: 'server', ...wish },
      'server',
    );
  }

  client(wish: Wish = {}): Identity {
    const name = 'align.operator.example';
    return this.#issue({ names: [name], commonName: name, key: 'client', purpose: 'client', ...wish }, 'client');
  }

  /** CRLs of the root and of the issuing authority, PEM: what an enforcer is given that checks revocation. */
  revocationLists({ daysAgo = 0, of = ['root', 'issuing'] }: ListsWish = {}): string {
    return of
      .map((name) => {
        const at = this.#now - daysAgo * day;
        return pem('X509 CRL', issueRevocationList(this.#issuer(name, healthy), this.#revocationsOf(name), at));
      })
      .join('');
  }

  /** The authority as a source of revocation data answers for it. */
  answering(name: AuthorityName): AnsweredIssuer {
    return { issuer: this.#issuer(name, healthy), responder: null, revocations: () => this.#revocationsOf(name) };
  }

  /** DER of an OCSP response about a certificate of the issuing authority: what its server can staple. */
  staple({ certificatePem }: Identity, fault: SourceFault | null): Uint8Array {
    const request = ocspRequest(this.#issuer('issuing', healthy), serialOf(certificatePem));
    return makeAnswer(
      { kind: 'ocsp', request, answering: [this.answering('issuing')] },
      fault,
      this.#now,
      this.impostors(),
    );
  }

  /** Who signs in the place of the issuing authority. */
  impostors(): Impostors {
    const responder: Subject = this.#subject(
      { commonName: 'Responder' },
      { kind: 'ocsp-responder', mayAnswer: false },
      -1,
      30,
    );
    const stranger: Subject = this.#subject({ commonName: 'Responder' }, { kind: 'ocsp-responder' }, -1, 30);
    return {
      strangerKeyPem: keyPemOf('stranger'),
      strangerResponder: issueCertificate(stranger, keyPemOf('stranger'), null),
      unauthorisedResponder: issueCertificate(responder, keyPemOf('stranger'), this.#issuer('issuing', healthy)),
    };
  }

  #issue(wish: Wish, kind: 'server' | 'client'): Identity {
    const purpose = wish.purpose ?? kind;
    const subject = this.#subject(
      { commonName: wish.commonName ?? faultHost },
      {
        kind,
        dnsNames: wish.names ?? null,
        extendedKeyUsage: [purpose === 'server' ? serverAuthentication : clientAuthentication],
      },
      wish.from ?? -1,
      wish.until ?? 30,
    );
    const by = wish.issuer ?? 'issuing';
    const issuer =
      by === 'itself'
        ? null
        : { ...this.#issuer(by, wish.pointers ?? healthy), hash: wish.hash ?? ('sha256' as const) };
    const identity = issueCertificate(subject, keyPemOf(wish.key ?? kind), issuer);
    if (wish.revoked === true && by !== 'itself') {
      const serial = serialOf(identity.certificatePem);
      const list = this.#revoked.get(by) ?? new Map<bigint, Revocation>();
      this.#revoked.set(by, list.set(serial, { serial, at: this.#now - day, reason: 1 }));
    }
    return wish.alone === true ? { ...identity, chainPem: identity.certificatePem } : identity;
  }

  #issuer(name: AuthorityName, pointers: Pointers): Issuer {
    const { keyPem, chainPem } = this.#identity(name);
    const isRoot = name === 'root' || name === 'private' || name === 'stranger';
    const url = (kind: 'crl' | 'ocsp', fault: SourceFault | 'healthy' | null): string | null =>
      fault === null ? null : `${fault === 'source-down' ? nobody : this.#sourceUrl}/${fault}/${kind}/${name}`;
    return {
      ...nameOf(name),
      keyPem,
      chainPem: isRoot ? '' : chainPem,
      pointers: {
        crl: url('crl', pointers.crl),
        ocsp: url('ocsp', pointers.ocsp),
        certificate: `${this.#sourceUrl}/healthy/certificate/${name}`,
      },
    };
  }

  #identity(name: AuthorityName): Identity {
    const identity = this.#identities.get(name);
    if (identity === undefined) throw new Error(`no authority ${name} yet`);
    return identity;
  }

  #revocationsOf(name: AuthorityName): readonly Revocation[] {
    return [...(this.#revoked.get(name)?.values() ?? [])];
  }

  #subject(
    name: Pick<Subject, 'commonName' | 'organization'>,
    purpose: Subject['purpose'],
    from: number,
    until: number,
  ): Subject {
    return { ...name, purpose, notBefore: this.#now + from * day, notAfter: this.#now + until * day };
  }
}

export function isAuthorityName(text: string): text is AuthorityName {
  return Object.hasOwn(commonNames, text);
}

function nameOf(name: AuthorityName): Pick<Issuer, 'commonName' | 'organization'> {
  const organization = organizations[name];
  return { commonName: commonNames[name], ...(organization === undefined ? {} : { organization }) };
}
