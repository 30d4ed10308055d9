/** HAProxy: refuses in the handshake by alert. */
import { oakley1024Pem } from '@sallyport/sandbox';
import { opensslSuites, type Product, type Site } from './site.ts';
import { freePorts, installed, ServerFolder, startProcess } from './server-process.ts';

export const haproxy: Product = {
  name: 'HAProxy',
  program: () => installed('/usr/sbin/haproxy', '/usr/local/sbin/haproxy'),
  unable: ({ asks, clientSignatures }) => {
    if (asks === 'renegotiation') return 'HAProxy never renegotiates: it asks in the handshake or not at all';
    return clientSignatures === 'any' ? null : 'HAProxy names the signature algorithms of clients from 2.8 on';
  },
  start: async (sites, originPort) => {
    const folder = new ServerFolder('haproxy');
    const ports = await freePorts(sites.length);
    const frontends = sites.map((site, index) => frontend(site, index, ports[index] ?? 0, folder));
    const configuration = folder.write(
      'haproxy.cfg',
      `global
  maxconn 256
  tune.ssl.default-dh-param 1024
defaults
  mode http
  timeout connect 5s
  timeout client 10s
  timeout server 10s
${frontends.join('\n')}
backend jira
  server jira 127.0.0.1:${originPort}
`,
    );
    const running = await startProcess(haproxy.program() ?? '', ['-db', '-f', configuration], folder, ports);
    return { farSideOf: (site) => ({ port: ports[sites.indexOf(site)] ?? 0, path: '/jira' }), end: running.end };
  },
};

function frontend(site: Site, index: number, port: number, folder: ServerFolder): string {
  const dh = site.suites === 'dhe' ? oakley1024Pem : '';
  const file = folder.write(`${index}.pem`, site.identity.chainPem + site.identity.keyPem + dh);
  // Beside the certificate, by this name: what is stapled.
  if (site.staple !== null) folder.write(`${index}.pem.ocsp`, site.staple);
  const words = [
    `bind 127.0.0.1:${port} ssl crt ${file}`,
    `ssl-min-ver ${site.version} ssl-max-ver ${site.version} ciphers ${opensslSuites[site.suites]}`,
  ];
  if (site.asks === 'required') {
    words.push(`verify required ca-file ${folder.write(`${index}.anchors.pem`, site.clientAnchors)}`);
    if (site.clientRevocation !== null)
      words.push(`crl-file ${folder.write(`${index}.crl.pem`, site.clientRevocation)}`);
  }
  return `frontend site${index}\n  ${words.join(' ')}\n  default_backend jira`;
}
