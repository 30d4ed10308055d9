/** openssl s_server: one process a site; refuses in the handshake by alert, and can renegotiate for one path. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { oakley1024Pem } from '@sallyport/sandbox';
import { jiraAnswer, jiraAnswers } from './jira-answers.ts';
import { opensslSuites, type Product, type Site } from './site.ts';
import { freePorts, installed, ServerFolder, startProcess } from './server-process.ts';

const versions = { 'TLSv1.1': '-tls1_1', 'TLSv1.2': '-tls1_2', 'TLSv1.3': '-tls1_3' } as const;

export const opensslServer: Product = {
  name: 'openssl s_server',
  program: () => installed('/usr/bin/openssl', '/usr/local/bin/openssl'),
  unable: () => null,
  start: async (sites) => {
    const ports = await freePorts(sites.length);
    const running = await Promise.all(sites.map((site, index) => startOne(site, ports[index] ?? 0)));
    return {
      // `GET /renegcert` makes it ask for a certificate by renegotiation.
      farSideOf: (site) => ({
        port: ports[sites.indexOf(site)] ?? 0,
        path: site.asks === 'renegotiation' ? '/renegcert' : '/jira',
      }),
      end: async () => {
        await Promise.all(running.map(({ end }) => end()));
      },
    };
  },
};

async function startOne(site: Site, port: number) {
  const folder = new ServerFolder('openssl');
  // With -HTTP a file is the whole answer, its headers too.
  for (const path of Object.keys(jiraAnswers)) {
    const { type, body } = jiraAnswer(path);
    mkdirSync(join(folder.path, dirname(path)), { recursive: true });
    const answer = `HTTP/1.0 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    // It takes the query for a part of the name.
    for (const name of [path, `${path}?maxResults=1`]) folder.write(name, answer);
  }
  const chain = folder.write('chain.pem', site.identity.chainPem.slice(site.identity.certificatePem.length));
  const parameters = [
    's_server',
    '-accept',
    `127.0.0.1:${port}`,
    versions[site.version],
    '-quiet',
    '-cert',
    folder.write('server.pem', site.identity.certificatePem),
    '-key',
    folder.write('server.key', site.identity.keyPem),
    ...(site.identity.chainPem === site.identity.certificatePem ? [] : ['-cert_chain', chain]),
    '-cipher',
    opensslSuites[site.suites],
    ...(site.suites === 'dhe' ? ['-dhparam', folder.write('dh.pem', oakley1024Pem)] : []),
    ...(site.staple === null ? [] : ['-status_file', folder.write('staple.der', site.staple)]),
    site.asks === 'renegotiation' ? '-www' : '-HTTP',
  ];
  if (site.asks !== 'never') parameters.push('-CAfile', folder.write('anchors.pem', site.clientAnchors));
  if (site.asks === 'required') parameters.push('-Verify', '3', '-verify_return_error');
  if (site.clientSignatures === 'ecdsa') parameters.push('-client_sigalgs', 'ECDSA+SHA256');
  if (site.clientRevocation !== null) {
    // It reads the first list of a file only, and needs that of the certificate's own issuer: the last.
    const list = site.clientRevocation.slice(site.clientRevocation.lastIndexOf('-----BEGIN'));
    parameters.push('-CRL', folder.write('crl.pem', list), '-crl_check');
  }
  return startProcess(opensslServer.program() ?? '', parameters, folder, [port]);
}
