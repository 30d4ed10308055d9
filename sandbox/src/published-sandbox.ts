/** `sandbox.json`: what others need to use the sandbox. The certificates also lie beside it as files, for other programs. */
import { createPrivateKey } from 'node:crypto';
import type { SandboxAccounts } from './accounts.ts';
import type { ClientCertificateKind } from './demo-pki/client-certificates.ts';
import type { ClientIdentity, DemoAuthority } from './demo-pki/demo-authority.ts';
import type { PrivateFolder } from './private-files.ts';
import { projects, serviceAccount } from './simulated-jira/issues/site.ts';

export interface PublishedClientCertificate {
  readonly kind: ClientCertificateKind;
  /** Its subjectAltName. */
  readonly name: string;
  /** Of the same name and authority as the one of its kind before, with a new key: what a swap goes over to. */
  readonly renewed: boolean;
  /** With the issuing CA, root left out. */
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface PublishedSandbox {
  readonly baseUrl: string;
  readonly controlUrl: string;
  /** The root that the server's certificate leads to. */
  readonly anchorsPem: string;
  readonly projects: readonly string[];
  readonly account: { readonly name: string; readonly key: string; readonly timeZone: string };
  readonly personalAccessToken: string;
  readonly basicPassword: string;
  readonly clientCertificates: readonly PublishedClientCertificate[];
  /** The root that the enforcer accepts client certificates of. */
  readonly clientAnchorsPem: string;
}

export function publish(
  folder: PrivateFolder,
  authority: DemoAuthority,
  accounts: SandboxAccounts,
  baseUrl: string,
  controlUrl: string,
): PublishedSandbox {
  const { name, key, timeZone } = serviceAccount;
  const published: PublishedSandbox = {
    baseUrl,
    controlUrl,
    anchorsPem: authority.root.certificatePem,
    projects: projects.map((project) => project.key),
    account: { name, key, timeZone },
    personalAccessToken: accounts.personalAccessToken,
    basicPassword: accounts.basicPassword,
    // The first of each kind stands before the renewals: who looks for a kind finds what serves.
    clientCertificates: [
      ...authority.clients.map((client) => publishedClient(client, false)),
      ...authority.renewals.map((client) => publishedClient(client, true)),
    ],
    clientAnchorsPem: authority.root.certificatePem,
  };
  folder.write('anchors.pem', published.anchorsPem);
  for (const client of published.clientCertificates) {
    const file = client.renewed ? `${client.kind}-renewed` : client.kind;
    folder.write(`${file}.crt.pem`, client.certificatePem);
    folder.write(`${file}.key.pem`, client.keyPem);
  }
  folder.write(toUploadFile, uploadable(authority.toUpload));
  folder.write('sandbox.json', JSON.stringify(published, null, 2));
  return published;
}

/** A renewal that nobody has brought in, as an authority's portal would hand it out: for trying the intake. */
const toUploadFile = 'renewal-to-upload.pem';
/** Of the key in {@link toUploadFile}; no secret, it stands in the README. */
const toUploadPassword = 'sandbox';

function uploadable({ chainPem, keyPem }: ClientIdentity): string {
  const cipher = { cipher: 'aes-256-cbc', passphrase: toUploadPassword };
  return `${chainPem.trimEnd()}\n${createPrivateKey(keyPem)
    .export({ type: 'pkcs8', format: 'pem', ...cipher })
    .toString()}`;
}

function publishedClient(
  { kind, name, chainPem, keyPem }: ClientIdentity,
  renewed: boolean,
): PublishedClientCertificate {
  return { kind, name, renewed, certificatePem: chainPem, keyPem };
}
