/** Apache: refuses in the handshake by alert; per location it asks by renegotiation. */
import { oakley1024Pem } from '@sallyport/sandbox';
import { opensslSuites, type Product, type Site } from './site.ts';
import { freePorts, installed, ServerFolder, startProcess } from './server-process.ts';

const modules = '/usr/lib/apache2/modules';
const loaded = ['mpm_event', 'authz_core', 'ssl', 'proxy', 'proxy_http'];

export const apache: Product = {
  name: 'Apache',
  program: () => installed('/usr/sbin/apache2', '/usr/sbin/httpd'),
  unable: ({ staple }) => (staple === null ? null : 'mod_ssl fetches what it staples by itself and takes no file'),
  start: async (sites, originPort) => {
    const folder = new ServerFolder('apache');
    const ports = await freePorts(sites.length);
    const hosts = sites.map((site, index) => virtualHost(site, index, ports[index] ?? 0, originPort, folder));
    const configuration = folder.write(
      'httpd.conf',
      `ServerRoot ${folder.path}
ServerName localhost
PidFile ${folder.path}/httpd.pid
ErrorLog ${folder.path}/error.log
DefaultRuntimeDir ${folder.path}
LogLevel warn ssl:info
${loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
User nobody
Group nogroup
StartServers 1
MinSpareThreads 4
ThreadsPerChild 16
ServerLimit 2
MaxRequestWorkers 32
${hosts.join('\n')}
`,
    );
    const program = apache.program() ?? '';
    const running = await startProcess(
      program,
      ['-d', folder.path, '-f', configuration, '-DFOREGROUND'],
      folder,
      ports,
    );
    return { farSideOf: (site) => ({ port: ports[sites.indexOf(site)] ?? 0, path: '/jira' }), end: running.end };
  },
};

function virtualHost(site: Site, index: number, port: number, originPort: number, folder: ServerFolder): string {
  // Parameters behind the certificate are taken for the key exchange.
  const dh = site.suites === 'dhe' ? oakley1024Pem : '';
  const certificate = folder.write(`${index}.pem`, site.identity.chainPem + dh);
  const key = folder.write(`${index}.key`, site.identity.keyPem);
  const lines = [
    'SSLEngine on',
    `SSLCertificateFile ${certificate}`,
    `SSLCertificateKeyFile ${key}`,
    `SSLProtocol ${site.version}`,
    `SSLCipherSuite ${opensslSuites[site.suites]}`,
    `ProxyPass / http://127.0.0.1:${originPort}/`,
  ];
  if (site.asks !== 'never') {
    lines.push(`SSLCACertificateFile ${folder.write(`${index}.anchors.pem`, site.clientAnchors)}`);
    if (site.clientRevocation !== null) {
      const lists = folder.write(`${index}.crl.pem`, site.clientRevocation);
      lines.push(`SSLCARevocationFile ${lists}`, 'SSLCARevocationCheck leaf');
    }
    if (site.clientSignatures === 'ecdsa') lines.push('SSLOpenSSLConfCmd ClientSignatureAlgorithms ECDSA+SHA256');
    const verify = ['SSLVerifyClient require', 'SSLVerifyDepth 3'];
    if (site.asks === 'required') lines.push(...verify);
    else lines.push('<Location /jira>', ...verify, '</Location>');
  }
  return `Listen 127.0.0.1:${port}\n<VirtualHost 127.0.0.1:${port}>\n  ${lines.join('\n  ')}\n</VirtualHost>`;
}
