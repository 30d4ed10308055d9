/** stunnel: refuses in the handshake by alert, and passes bytes on. */
import { oakley1024Pem } from '@sallyport/sandbox';
import { opensslSuites, type Product, type Site } from './site.ts';
import { freePorts, installed, ServerFolder, startProcess } from './server-process.ts';

export const stunnel: Product = {
  name: 'stunnel',
  program: () => installed('/usr/bin/stunnel4', '/usr/bin/stunnel'),
  unable: ({ asks, staple }) => {
    if (asks === 'renegotiation') return 'stunnel asks in the handshake or not at all';
    return staple === null ? null : 'stunnel fetches what it staples by itself and takes no file';
  },
  start: async (sites, originPort) => {
    const folder = new ServerFolder('stunnel');
    const ports = await freePorts(sites.length);
    const services = sites.map((site, index) => service(site, index, ports[index] ?? 0, originPort, folder));
    const configuration = folder.write(
      'stunnel.conf',
      `foreground = yes\npid =\nsyslog = no\ndebug = 4\n${services.join('\n')}\n`,
    );
    const running = await startProcess(stunnel.program() ?? '', [configuration], folder, ports);
    return { farSideOf: (site) => ({ port: ports[sites.indexOf(site)] ?? 0, path: '/jira' }), end: running.end };
  },
};

function service(site: Site, index: number, port: number, originPort: number, folder: ServerFolder): string {
  const dh = site.suites === 'dhe' ? oakley1024Pem : '';
  const lines = [
    `[site${index}]`,
    `accept = 127.0.0.1:${port}`,
    `connect = 127.0.0.1:${originPort}`,
    `cert = ${folder.write(`${index}.pem`, site.identity.chainPem + dh)}`,
    `key = ${folder.write(`${index}.key`, site.identity.keyPem)}`,
    `sslVersion = ${site.version}`,
    'securityLevel = 0',
    `ciphers = ${opensslSuites[site.suites]}`,
  ];
  if (site.asks === 'required') {
    lines.push(`CAfile = ${folder.write(`${index}.anchors.pem`, site.clientAnchors)}`);
    lines.push('verifyChain = yes', 'requireCert = yes');
    if (site.clientRevocation !== null)
      lines.push(`CRLfile = ${folder.write(`${index}.crl.pem`, site.clientRevocation)}`);
    if (site.clientSignatures === 'ecdsa') lines.push('config = ClientSignatureAlgorithms:ECDSA+SHA256');
  }
  return lines.join('\n');
}
