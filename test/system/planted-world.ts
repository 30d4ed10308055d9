/**
 * Sallyport as it runs, with secrets of every kind led through it: credentials that work and that are refused, keys that are made inside,
 * brought in the clear, under a password and in PKCS#12, uploads that are refused, and certificates that are retired.
 */
import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { CertificateRequest, CertificateUpload } from '@sallyport/console-api';
import { housekeepingScope, openStore, type Store } from '@sallyport/store';
import { openSecret, sealKeyId, type SealKeyPair } from '@sallyport/store/open-sealed';
import { readCertificationRequest, readPem, writePem } from '@sallyport/x509';
import { issueCertificate, type Issuer } from '../../sandbox/src/demo-pki/certificate.ts';
import { formsOfBytes, formsOfKey, formsOfText } from './planted-forms.ts';
import { callApi, eventually, startSallyport, type RunningSallyport } from './running-sallyport.ts';

const planted = {
  token: 'PLANTED-token-5c1e0f9ab2',
  password: 'PLANTED-password-81d7e3',
  second: 'PLANTED-second-token-e41b',
  'sign-in password': 'PLANTED-sign-in-password-77aa12',
  'password of an upload': 'PLANTED-password-of-an-upload-3f9c',
  'passphrase of a PEM': 'PLANTED-passphrase-of-a-pem-0b6d',
  'password of a PKCS#12': 'PLANTED-password-of-a-p12-c2d8',
};
export const username = 'svc-planted';

export interface PlantedWorld {
  readonly sallyport: RunningSallyport;
  /** Forms in which each could be found, by name. */
  readonly secrets: ReadonlyMap<string, readonly string[]>;
  /** Names of those that are keys or came with one; nothing that the web tier has may hold them. */
  readonly keys: ReadonlySet<string>;
  /** All that the API and the metrics have answered. */
  readonly answers: readonly string[];
  /** Ids of certificates that were retired. */
  readonly retired: readonly string[];
  databaseUrl(role: 'owner' | 'web' | 'connector'): string;
  stop(): Promise<void>;
}

const day = 86_400_000;
const newKey = (type: 'ec' | 'rsa' = 'ec'): string =>
  (type === 'ec'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 })
  ).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();

export async function startPlantedWorld(): Promise<PlantedWorld> {
  const sallyport = await startSallyport({ SALLYPORT_SANDBOX_ISSUES: '50', SALLYPORT_LOG: 'trace' });
  const secrets = new Map<string, readonly string[]>();
  const keys = new Set<string>();
  const answers: string[] = [];
  const retired: string[] = [];
  const plantKey = (name: string, pem: string): void => {
    secrets.set(name, formsOfKey(pem));
    keys.add(name);
  };
  for (const [name, text] of Object.entries(planted)) secrets.set(name, formsOfText(text));
  for (const name of ['password of an upload', 'passphrase of a PEM', 'password of a PKCS#12']) keys.add(name);
  const call = async <T = { id: string; state: string }>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T }> => {
    const answer = await sallyport.call(method, path, body);
    answers.push(JSON.stringify(answer.body ?? null));
    return answer as { status: number; body: T };
  };
  const need = (what: string, holds: boolean, seen: unknown): void => {
    if (!holds) throw new Error(`${what}: ${JSON.stringify(seen)}`);
  };

  const sandbox = JSON.parse(readFileSync(join(sallyport.dataDirectory, 'sandbox/sandbox.json'), 'utf8')) as {
    baseUrl: string;
    anchorsPem: string;
    personalAccessToken: string;
    clientCertificates: { keyPem: string }[];
  };
  secrets.set('sandbox token', formsOfText(sandbox.personalAccessToken));
  for (const [index, { keyPem }] of sandbox.clientCertificates.entries()) plantKey(`client key ${index}`, keyPem);
  secrets.set('bootstrap token', formsOfText(sallyport.token));
  const link = /#(.+)$/.exec(sallyport.signInUrl ?? '')?.[1];
  if (link !== undefined) {
    secrets.set('one-time link', formsOfText(link));
    const operator = { token: link, email: 'a@example.org', name: 'A', password: planted['sign-in password'] };
    await callApi(`${sallyport.url}/api/v1/first-operator`, 'POST', null, operator);
  }
  await workAndBeRefused();
  await bringCertificates();
  for (const [name, pem] of await keysInside(sallyport)) plantKey(name, pem);
  const pair = sealKeyOf(sallyport);
  secrets.set('seal key', [
    Buffer.from(pair.privateKey).toString('base64'),
    ...formsOfBytes(Buffer.from(pair.privateKey)),
  ]);
  keys.add('seal key');
  await retireWhatCameIn();
  // What is refused at the door tells nothing either.
  await call('POST', '/connections', {
    baseUrl: `https://u:${planted.password}@jira.example`,
    authentication: { kind: 'pat', token: [planted.token] },
  });
  for (const path of [
    '/connections',
    '/audit?limit=200',
    '/tokens',
    '/customers',
    '/connectors',
    '/client-certificates?retired=true',
  ])
    await call('GET', path);
  for (const path of [
    '/certificate-requests',
    '/certificate-uploads',
    '/seal-keys',
    '/server-certificates',
    '/sandbox',
  ])
    await call('GET', path);
  answers.push(String((await callApi(`${sallyport.url}/metrics`, 'GET', sallyport.token)).body));
  return {
    sallyport,
    secrets,
    keys,
    answers,
    retired,
    databaseUrl: (role) => databaseUrlOf(sallyport, role),
    stop: () => sallyport.stop(),
  };

  /** One connection that works, and two whose credentials the far side refuses: errors are where secrets leak. */
  async function workAndBeRefused(): Promise<void> {
    const works = (await call('POST', '/sandbox/connection')).body.id;
    await call('POST', `/connections/${works}/check`);
    await call('POST', `/connections/${works}/activate`);
    await eventually('issues have arrived', async () => {
      const { body } = await sallyport.call('GET', `/connections/${works}/issues?limit=1`);
      return (body as { total?: number }).total === 50 ? true : null;
    });
    await call('POST', `/connections/${works}/doctor`, {});
    const contacts = { owner: { name: 'A', email: 'a@example.org' }, technical: { name: 'B', email: 'b@example.org' } };
    for (const authentication of [
      { kind: 'pat', token: planted.token },
      { kind: 'basic', username, password: planted.password },
    ]) {
      const created = await call('POST', '/connections', {
        customer: { name: 'Planted' },
        name: authentication.kind,
        baseUrl: sandbox.baseUrl,
        authentication,
        projectKeys: ['SAND'],
        contacts,
        anchors: { kind: 'pem', pem: sandbox.anchorsPem },
        allowPrivate: true,
        confirmSharedHost: true,
      });
      need('the connection was made', created.status === 201, created.body);
      const { id } = created.body;
      await call('POST', `/connections/${id}/check`);
      await call('POST', `/connections/${id}/activate`);
      const changed = await call('PATCH', `/connections/${id}`, {
        authentication: { kind: 'pat', token: planted.second },
      });
      need('the credential was changed', changed.status < 500, changed.body);
      await call('POST', `/connections/${id}/check`);
      await call('POST', `/connections/${id}/doctor`, {});
      for (const path of ['', '/terms', '/handshakes', '/progress', '/issues'])
        await call('GET', `/connections/${id}${path}`);
    }
  }

  async function bringCertificates(): Promise<void> {
    const life = { notBefore: Date.now() - 400 * day, notAfter: Date.now() + 900 * day };
    const rootKey = newKey();
    const root = issueCertificate({ commonName: 'Planted Root', ...life, purpose: { kind: 'root' } }, rootKey, null);
    const issuer: Issuer = { commonName: 'Planted Root', keyPem: rootKey, chainPem: '', pointers: null };
    const own = { kind: 'operator-named', policy: 'agreed-private-ca', anchorsPem: root.certificatePem };
    const issued = (keyPem: string): string =>
      issueCertificate(
        {
          commonName: 'planted',
          notBefore: Date.now() - day,
          notAfter: Date.now() + 100 * day,
          purpose: { kind: 'client', dnsNames: ['planted.operator.example'] },
        },
        keyPem,
        issuer,
      ).certificatePem;
    const judged = async (id: string): Promise<CertificateUpload> =>
      eventually('the upload was judged', async () => {
        const { body } = await call<CertificateUpload>('GET', `/certificate-uploads/${id}`);
        return body.state === 'waiting' ? null : body;
      });
    const upload = async (
      files: readonly (string | Uint8Array)[],
      password: string | undefined,
      expected: 'taken' | 'refused',
    ): Promise<void> => {
      const uploaded = await call('POST', '/certificate-uploads', {
        ...own,
        ...(password === undefined ? {} : { password }),
        files: files.map((one) => ({ name: 'planted', base64: Buffer.from(one).toString('base64') })),
      });
      need('the upload was received', uploaded.status === 202, uploaded.body);
      const { state, findings, certificateId } = await judged(uploaded.body.id);
      need(`the upload was ${expected}`, state === expected, findings);
      if (state === 'taken' && certificateId !== null) retired.push(certificateId);
    };
    // In PEM: in clear, under a passphrase, with a wrong one, and with what is no certificate of it.
    const [clear, underPassphrase, refused] = [newKey(), newKey('rsa'), newKey()];
    plantKey('uploaded key in clear', clear);
    plantKey('uploaded key under a passphrase', underPassphrase);
    plantKey('key of a refused upload', refused);
    const passphrase = planted['passphrase of a PEM'];
    const encrypted = encryptedPem(underPassphrase, passphrase);
    await upload([clear, issued(clear)], undefined, 'taken');
    await upload([encrypted, issued(underPassphrase)], `${passphrase}-wrong`, 'refused');
    await upload([encrypted, issued(underPassphrase)], passphrase, 'taken');
    await upload(
      [encryptedPem(refused, planted['password of an upload']), issued(clear)],
      planted['password of an upload'],
      'refused',
    );
    await upload([refused.slice(0, -60), issued(refused)], undefined, 'refused');
    // Pasted where roots belong, which are stored readable: refused before anything is.
    const pasted = { ...own, anchorsPem: root.certificatePem + refused, commonName: 'pasted.planted.example' };
    const roots = await call('POST', '/certificate-requests', pasted);
    need('a key among the roots was refused', roots.status === 422, roots.body);
    // In PKCS#12, with its password, another, and damaged.
    const inside = newKey();
    plantKey('key in a PKCS#12', inside);
    const word = planted['password of a PKCS#12'];
    const pkcs12 = pkcs12Of(inside, issued(inside), word);
    await upload([pkcs12], `${word}-wrong`, 'refused');
    await upload([pkcs12.subarray(0, 400)], word, 'refused');
    await upload([pkcs12], word, 'taken');
    // Made inside, once for good and once with its certificate given back.
    for (const keyType of ['p256', 'rsa3072'] as const) {
      const asked = await call<CertificateRequest>('POST', '/certificate-requests', {
        ...own,
        commonName: `${keyType}.planted.example`,
        keyType,
      });
      const made = await eventually('the key was made', async () => {
        const { body } = await call<CertificateRequest>('GET', `/certificate-requests/${asked.body.id}`);
        return body.state === 'open' ? body : null;
      });
      if (keyType === 'p256') continue;
      const [block] = readPem(made.requestPem ?? '');
      const { publicKey } = readCertificationRequest(block?.der ?? new Uint8Array());
      const back = await call('POST', `/certificate-requests/${made.id}/certificate`, {
        files: [
          { name: 'given', base64: Buffer.from(issued(writePem('PUBLIC KEY', publicKey.der))).toString('base64') },
        ],
      });
      const { certificateId, findings } = await judged(back.body.id);
      need('the certificate was taken', certificateId !== null, findings);
      retired.push(certificateId ?? '');
    }
  }

  async function retireWhatCameIn(): Promise<void> {
    for (const id of retired) {
      const { status, body } = await call('POST', `/client-certificates/${id}/retire`, { reason: 'A test' });
      need('it was retired', status === 200, body);
      for (const path of ['', '/export', '/record']) await call('GET', `/client-certificates/${id}${path}`);
    }
  }
}

export function databaseUrlOf({ dataDirectory }: RunningSallyport, role: string): string {
  return readFileSync(join(dataDirectory, `secrets/${role}-database-url`), 'utf8').trim();
}

export function sealKeyOf({ dataDirectory }: RunningSallyport): SealKeyPair {
  const { publicKey, privateKey } = JSON.parse(
    readFileSync(join(dataDirectory, 'connector/seal-key.json'), 'utf8'),
  ) as Record<'publicKey' | 'privateKey', string>;
  const bytes = Buffer.from(publicKey, 'base64');
  return { id: sealKeyId(bytes), publicKey: bytes, privateKey: Buffer.from(privateKey, 'base64') };
}

/** Each key that lies sealed in the database, opened as a connector would. */
async function keysInside(sallyport: RunningSallyport): Promise<[string, string][]> {
  const stores: Store[] = [];
  const open = (role: string): Store => {
    const store = openStore({ url: databaseUrlOf(sallyport, role), applicationName: `test-${role}` });
    stores.push(store);
    return store;
  };
  try {
    const { rows } = await sql<{ id: string }>`select id from sealed_secret where purpose = 'client-key'`.execute(
      open('owner').db,
    );
    const connector = open('connector');
    const pair = sealKeyOf(sallyport);
    return await Promise.all(
      rows.map(async ({ id }, index): Promise<[string, string]> => [
        `sealed key ${index}`,
        await openSecret(connector, housekeepingScope('test'), pair, id),
      ]),
    );
  } finally {
    await Promise.all(stores.map((store) => store.close()));
  }
}

function encryptedPem(keyPem: string, passphrase: string): string {
  return createPrivateKey(keyPem)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
    .toString();
}

function pkcs12Of(keyPem: string, certificatePem: string, password: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-planted-'));
  try {
    writeFileSync(join(folder, 'all.pem'), keyPem + certificatePem, { mode: 0o600 });
    return execFileSync('openssl', [
      'pkcs12',
      '-export',
      '-in',
      join(folder, 'all.pem'),
      '-passout',
      `pass:${password}`,
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
