/** nginx: asks in the handshake, and refuses in HTTP. */
import { oakley1024Pem } from '@sallyport/sandbox';
import { opensslSuites, type Product, type Site } from './site.ts';
import { freePorts, installed, ServerFolder, startProcess } from './server-process.ts';

export const nginx: Product = {
  name: 'nginx',
  program: () => installed('/usr/sbin/nginx', '/usr/bin/nginx'),
  unable: ({ asks }) =>
    asks === 'renegotiation'
      ? 'nginx never renegotiates: a certificate is asked for in the handshake or not at all'
      : null,
  start: async (sites, originPort) => {
    const folder = new ServerFolder('nginx');
    const ports = await freePorts(sites.length);
    const servers = sites.map((site, index) => serverBlock(site, index, ports[index] ?? 0, originPort, folder));
    const file = (name: string): string => `${folder.path}/${name}`;
    const configuration = folder.write(
      'nginx.conf',
      `daemon off; worker_processes 1; pid ${file('nginx.pid')}; error_log ${file('error.log')} info;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path ${file('body')}; proxy_temp_path ${file('proxy')}; fastcgi_temp_path ${file('fastcgi')};
  uwsgi_temp_path ${file('uwsgi')}; scgi_temp_path ${file('scgi')};
${servers.join('\n')}
}
`,
    );
    const program = nginx.program() ?? '';
    const running = await startProcess(program, ['-c', configuration, '-p', folder.path], folder, ports);
    return {
      farSideOf: (site) => ({ port: ports[sites.indexOf(site)] ?? 0, path: '/jira' }),
      end: running.end,
    };
  },
};

function serverBlock(site: Site, index: number, port: number, originPort: number, folder: ServerFolder): string {
  const certificate = folder.write(`${index}.pem`, site.identity.chainPem);
  const key = folder.write(`${index}.key`, site.identity.keyPem);
  const lines = [
    `listen 127.0.0.1:${port} ssl;`,
    `ssl_certificate ${certificate}; ssl_certificate_key ${key};`,
    `ssl_protocols ${site.version}; ssl_ciphers ${opensslSuites[site.suites]};`,
    `location / { proxy_pass http://127.0.0.1:${originPort}; }`,
  ];
  if (site.asks === 'required') {
    lines.push(
      `ssl_client_certificate ${folder.write(`${index}.anchors.pem`, site.clientAnchors)}; ssl_verify_client on;`,
      'ssl_verify_depth 3;',
    );
    if (site.clientRevocation !== null)
      lines.push(`ssl_crl ${folder.write(`${index}.crl.pem`, site.clientRevocation)};`);
    if (site.clientSignatures === 'ecdsa') lines.push('ssl_conf_command ClientSignatureAlgorithms ECDSA+SHA256;');
  }
  if (site.suites === 'dhe') lines.push(`ssl_dhparam ${folder.write('dh1024.pem', oakley1024Pem)};`);
  if (site.staple !== null)
    lines.push(`ssl_stapling on; ssl_stapling_file ${folder.write(`${index}.ocsp`, site.staple)};`);
  return `  server {\n    ${lines.join('\n    ')}\n  }`;
}
