/** `sandbox.json`: what others need to use the sandbox. The certificates also lie beside it as files, for other programs. */
import type { SandboxAccounts } from './accounts.ts';
import type { ClientCertificateKind } from './demo-pki/client-certificates.ts';
import type { DemoAuthority } from './demo-pki/demo-authority.ts';
import type { PrivateFolder } from './private-files.ts';
import { projects, serviceAccount } from './simulated-jira/issues/site.ts';

export interface PublishedClientCertificate {
  readonly kind: ClientCertificateKind;
  /** Its subjectAltName. */
  readonly name: string;
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
    clientCertificates: authority.clients.map((client) => ({
      kind: client.kind,
      name: client.name,
      certificatePem: client.chainPem,
      keyPem: client.keyPem,
    })),
    clientAnchorsPem: authority.root.certificatePem,
  };
  folder.write('anchors.pem', published.anchorsPem);
  for (const client of published.clientCertificates) {
    folder.write(`${client.kind}.crt.pem`, client.certificatePem);
    folder.write(`${client.kind}.key.pem`, client.keyPem);
  }
  folder.write('sandbox.json', JSON.stringify(published, null, 2));
  return published;
}
