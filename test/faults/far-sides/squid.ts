/** squid before a web server: refuses in the handshake by alert. (As the forward proxy on our side it is tested with the dial.) */
import { chmodSync } from 'node:fs';
import { opensslSuites, type Product, type Site } from './site.ts';
import { freePorts, installed, ServerFolder, startProcess } from './server-process.ts';

const versions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

export const squid: Product = {
  name: 'squid',
  program: () => installed('/usr/sbin/squid'),
  unable: ({ asks, clientSignatures, staple, suites }) => {
    if (suites === 'dhe') return 'squid 5 with OpenSSL 3 offers no finite-field key exchange, whatever tls-dh says';
    if (asks === 'renegotiation') return 'squid asks in the handshake or not at all';
    if (clientSignatures !== 'any') return 'squid has no setting for the signature algorithms of clients';
    return staple === null ? null : 'squid staples nothing';
  },
  start: async (sites, originPort) => {
    const folder = new ServerFolder('squid');
    // It reads the files under its own user.
    chmodSync(folder.path, 0o755);
    const ports = await freePorts(sites.length);
    const listeners = sites.map((site, index) => listener(site, index, ports[index] ?? 0, folder));
    const configuration = folder.write(
      'squid.conf',
      `${listeners.join('\n')}
cache_peer 127.0.0.1 parent ${originPort} 0 no-query originserver name=jira
http_access allow all
cache deny all
access_log none
cache_log stdio:${folder.path}/error.log
pid_filename none
coredump_dir ${folder.path}
shutdown_lifetime 1 second
max_filedescriptors 1024
pinger_enable off
visible_hostname squid.customer.example
`,
    );
    const running = await startProcess(squid.program() ?? '', ['-N', '-d', '1', '-f', configuration], folder, ports);
    return { farSideOf: (site) => ({ port: ports[sites.indexOf(site)] ?? 0, path: '/jira' }), end: running.end };
  },
};

function listener(site: Site, index: number, port: number, folder: ServerFolder): string {
  const off = versions
    .filter((version) => version !== site.version)
    .map((version) => `NO_${version.replace('.', '_')}`);
  const words = [
    `https_port 127.0.0.1:${port} accel no-vhost defaultsite=127.0.0.1`,
    `tls-cert=${folder.write(`${index}.pem`, site.identity.chainPem)}`,
    `tls-key=${folder.write(`${index}.key`, site.identity.keyPem)}`,
    `options=${off.join(',')} cipher=${opensslSuites[site.suites]}`,
  ];
  if (site.asks === 'required') {
    words.push(`clientca=${folder.write(`${index}.anchors.pem`, site.clientAnchors)}`);
    if (site.clientRevocation !== null)
      words.push(`crlfile=${folder.write(`${index}.crl.pem`, site.clientRevocation)} sslflags=VERIFY_CRL_ALL`);
  }
  return words.join(' ');
}
