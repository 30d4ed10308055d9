/** Commands that show a finding without Sallyport. They are printed, never run by us. */
import type { ObservedTarget } from './observations.ts';
import type { RepeatKind } from './rule.ts';

const elliptic = 'ECDHE+AESGCM';

/** One line for a shell. */
export function repeatCommand(kind: RepeatKind, target: ObservedTarget, path: string | null): string {
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const place = target.dialledPlace ?? `${host}:${target.port}`;
  const handshake = (more: string): string =>
    `openssl s_client ${`-connect ${place} -tls1_2 ${more}`.trim()} </dev/null`;
  const name = `-servername ${target.host}`;
  const certificate = '-cert client.pem -cert_chain client.pem -key client.key';
  const resolve = target.dialledPlace === null ? '' : ` --connect-to '${host}:${target.port}:${target.dialledPlace}'`;
  const request = (more: string): string =>
    `curl -sv${resolve} --tls-max 1.2${more} 'https://${host}:${target.port}${path ?? `${target.contextPath}/rest/api/2/serverInfo`}'`;
  switch (kind) {
    case 'resolve':
      return `getent ahosts ${target.host}`;
    case 'tcp':
      return `curl -v --connect-timeout 5 telnet://${place} </dev/null`;
    case 'handshake':
      return handshake(`${name} ${certificate}`);
    case 'handshake-without-certificate':
      return handshake(name);
    case 'handshake-without-name':
      return handshake('-noservername');
    case 'handshake-elliptic':
      return handshake(`${name} -cipher ${elliptic}`);
    case 'show-certificate':
      return `${handshake(`${name} -showcerts`)} | openssl x509 -noout -subject -issuer -dates -ext subjectAltName,extendedKeyUsage`;
    case 'own-certificate':
      return 'openssl x509 -in client.pem -noout -subject -issuer -serial -dates -ext extendedKeyUsage';
    case 'http':
      return request(' --cert client.pem --key client.key');
    case 'http-without-certificate':
      return request('');
  }
}
