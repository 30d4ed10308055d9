/** What the tests of the enforcer kit need of the world: a CA with an intermediate, its CRLs on a server, clients with faults, a Jira behind. */
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { issueCertificate, issueRevocationList, serialOf, type Identity, type Issuer } from '@sallyport/sandbox';

const day = 86_400_000;

export const clientName = 'align.customer.example';
/** A wildcard as it stands in the certificate: it has to be matched as text. */
export const nextName = '*.operator.example';
/** The commonName of the next certificate, in which every configuration language finds something to read. */
export const hostileCommonName = `x" } ; # $HOME \${HOME} 'y' <z>, \\ O=none %{b} +*|(`;

export type ClientKind =
  | 'current'
  | 'next'
  | 'otherName'
  | 'otherCase'
  | 'expired'
  | 'serverAuthOnly'
  | 'revoked'
  | 'stranger'
  | 'coveringWildcard'
  | 'nameless';

export interface EnforcerWorld {
  readonly rootPem: string;
  readonly server: Identity;
  readonly clients: Readonly<Record<ClientKind, Identity>>;
  /** From now on the CRL of the issuing CA names these, with a number that is higher than before. */
  revoke(kinds: readonly ClientKind[]): void;
  /** What the CRL server answers for the issuing CA; null is the CRL itself. */
  spoil(answer: { readonly status: number; readonly body: Uint8Array } | null): void;
  /** A CRL of the issuing CA as it was a day ago, by its own number. */
  olderList(): Uint8Array;
  /** A CRL of the issuing CA that has ended. */
  endedList(): Uint8Array;
  /** A CRL that another CA signed. */
  strangersList(): Uint8Array;
  /** The Jira behind: what reached it. */
  readonly received: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders }[];
  readonly jiraPort: number;
  close(): Promise<void>;
}

export async function startEnforcerWorld(): Promise<EnforcerWorld> {
  const now = Date.now();
  const lists = new Map<string, Uint8Array>();
  let spoilt: { readonly status: number; readonly body: Uint8Array } | null = null;
  const listServer = createServer((request, response) => {
    const answer = request.url === '/issuing.crl' ? spoilt : null;
    const list = lists.get(request.url ?? '');
    response.writeHead(answer?.status ?? (list === undefined ? 404 : 200)).end(answer?.body ?? list);
  });
  const received: EnforcerWorld['received'] = [];
  const jira = createServer((request, response) => {
    received.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"deploymentType":"Server"}');
  });
  const listPort = await listening(listServer);
  const jiraPort = await listening(jira);
  const pointer = (name: string): Issuer['pointers'] => ({
    crl: `http://127.0.0.1:${listPort}/${name}.crl`,
    ocsp: null,
    certificate: `http://127.0.0.1:${listPort}/${name}.cer`,
  });
  const life = { notBefore: now - day, notAfter: now + 30 * day };
  const root = issueCertificate({ commonName: 'Kit Root', ...life, purpose: { kind: 'root' } }, newKey('rsa'), null);
  const rootIssuer: Issuer = { commonName: 'Kit Root', keyPem: root.keyPem, chainPem: '', pointers: pointer('root') };
  const issuing = issueCertificate(
    { commonName: 'Kit Issuing', ...life, purpose: { kind: 'issuing' } },
    newKey('ec'),
    rootIssuer,
  );
  const issuer: Issuer = {
    commonName: 'Kit Issuing',
    keyPem: issuing.keyPem,
    chainPem: issuing.chainPem,
    pointers: pointer('issuing'),
  };
  const strangerRoot = issueCertificate(
    { commonName: 'Kit Issuing', ...life, purpose: { kind: 'root' } },
    newKey('ec'),
    null,
  );
  const stranger: Issuer = { ...issuer, keyPem: strangerRoot.keyPem, chainPem: '' };
  const client = (
    name: string,
    over: { from?: Issuer; ends?: number; commonName?: string; server?: true; nameless?: true } = {},
  ): Identity =>
    issueCertificate(
      {
        commonName: over.commonName ?? name,
        notBefore: now - 10 * day,
        notAfter: now + (over.ends ?? 20) * day,
        purpose: { kind: over.server === true ? 'server' : 'client', dnsNames: over.nameless === true ? [] : [name] },
      },
      newKey('ec'),
      over.from ?? issuer,
    );
  const clients: EnforcerWorld['clients'] = {
    current: client(clientName),
    next: client(nextName, { commonName: hostileCommonName }),
    otherName: client('other.customer.example'),
    otherCase: client('Align.Customer.Example'),
    expired: client(clientName, { ends: -1 }),
    serverAuthOnly: client(clientName, { server: true }),
    revoked: client(clientName),
    stranger: client(clientName, { from: stranger }),
    coveringWildcard: client('*.customer.example'),
    nameless: client(clientName, { nameless: true }),
  };
  let minutes = 0;
  const write = (kinds: readonly ClientKind[]): void => {
    const entries = kinds.map((kind) => ({ serial: serialOf(clients[kind].certificatePem), at: now - day, reason: 1 }));
    // The number of a list is the minute of its making.
    lists.set('/issuing.crl', issueRevocationList(issuer, entries, now - 120 * 60_000 + 60_000 * minutes++));
  };
  lists.set('/root.crl', issueRevocationList(rootIssuer, [], now - 60_000));
  write(['revoked']);
  return {
    rootPem: root.certificatePem,
    server: issueCertificate(
      {
        commonName: 'localhost',
        ...life,
        purpose: { kind: 'server', dnsNames: ['localhost'], ipv4: ['127.0.0.1'] },
      },
      newKey('rsa'),
      { ...rootIssuer, pointers: null },
    ),
    clients,
    revoke: write,
    spoil: (answer) => {
      spoilt = answer;
    },
    olderList: () => issueRevocationList(issuer, [], now - 180 * 60_000),
    endedList: () => issueRevocationList(issuer, [], now - 2 * day),
    strangersList: () => issueRevocationList(stranger, [], now),
    received,
    jiraPort,
    close: async () => {
      for (const server of [listServer, jira]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function newKey(kind: 'ec' | 'rsa'): string {
  const { privateKey } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
