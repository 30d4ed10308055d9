/** Commands that show a finding without Sallyport. They are printed, never run by us. */
import type { ObservedProxy, ObservedTarget } from './observations.ts';
import type { RepeatKind } from './rule.ts';

const elliptic = 'ECDHE+AESGCM';
/** The policy that has more than TLS 1.2. */
const newerPolicy = 'tls13';

export interface Repetition {
  readonly kind: RepeatKind;
  readonly target: ObservedTarget;
  /** Whether we have a certificate to show. */
  readonly hasCertificate: boolean;
  /** Of the request; null for the one that Jira answers to everybody. */
  readonly path: string | null;
}

/**
 * One line for a shell. Files stand under fixed names: `client.pem` and `client.key`, `anchors.pem` for authorities that were agreed on,
 * `proxy-anchors.pem` for those of an https proxy.
 */
export function repeatCommand({ kind, target, hasCertificate, path }: Repetition): string {
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const place = target.dialledPlace ?? `${host}:${target.port}`;
  const proxy =
    kind === 'proxy-with-password' && target.proxy !== undefined
      ? ({ ...target.proxy, authentication: 'basic' } as const)
      : target.proxy;
  const isNewer = target.policy === newerPolicy;
  const words = (...parts: readonly (string | false)[]): string => parts.filter((part) => part !== false).join(' ');
  const request = (...more: readonly (string | false)[]): string =>
    words(
      'curl -sv',
      target.dialledPlace !== null && `--connect-to '${host}:${target.port}:${target.dialledPlace}'`,
      proxy !== undefined && curlProxy(proxy),
      target.anchors === 'private' && '--cacert anchors.pem',
      !isNewer && '--tls-max 1.2',
      ...more,
      `'https://${host}:${target.port}${(path ?? `${target.contextPath}/rest/api/2/serverInfo`).replaceAll("'", '%27')}'`,
    );
  const handshake = (...more: readonly (string | false)[]): string =>
    words(
      'openssl s_client',
      `-connect ${place}`,
      proxy !== undefined && opensslProxy(proxy),
      target.anchors === 'private' && '-CAfile anchors.pem',
      !isNewer && '-tls1_2',
      ...more,
      '</dev/null',
    );
  // s_client has no TLS to a proxy.
  const isBehindTls = proxy?.url.startsWith('https:') === true;
  const name = `-servername ${target.host}`;
  const certificate = hasCertificate && '-cert client.pem -cert_chain client.pem -key client.key';
  const curlCertificate = hasCertificate && '--cert client.pem --key client.key';
  switch (kind) {
    case 'resolve':
      return `getent ahosts ${target.host}`;
    case 'tcp':
      return words(
        'curl -v --connect-timeout 5',
        proxy !== undefined && `--proxytunnel ${curlProxy(proxy)}`,
        `telnet://${place} </dev/null`,
      );
    case 'handshake':
      return isBehindTls ? request(curlCertificate) : handshake(name, certificate);
    case 'handshake-without-certificate':
      return isBehindTls ? request() : handshake(name);
    case 'handshake-without-name':
      return isBehindTls ? request() : handshake('-noservername');
    case 'handshake-elliptic':
      return isBehindTls ? request(`--ciphers ${elliptic}`) : handshake(name, `-cipher ${elliptic}`);
    case 'show-certificate':
      return isBehindTls
        ? request('--insecure')
        : `${handshake(name, '-showcerts')} | openssl x509 -noout -subject -issuer -dates -ext subjectAltName,extendedKeyUsage`;
    case 'own-certificate':
      return 'openssl x509 -in client.pem -noout -subject -issuer -serial -dates -ext extendedKeyUsage';
    case 'http':
    case 'proxy-with-password':
      return request(curlCertificate);
    case 'http-without-certificate':
      return request();
  }
}

/** Without `:password`, curl asks for it. */
function curlProxy({ url, authentication, anchors }: ObservedProxy): string {
  return [
    `-x ${url}`,
    ...(authentication === 'basic' ? ['--proxy-user USER'] : []),
    ...(anchors === 'private' && url.startsWith('https:') ? ['--proxy-cacert proxy-anchors.pem'] : []),
  ].join(' ');
}

function opensslProxy({ url, authentication }: ObservedProxy): string {
  const { hostname, port } = new URL(url);
  return `-proxy ${hostname}:${port === '' ? '80' : port}${authentication === 'basic' ? ' -proxy_user USER -proxy_pass env:PROXY_PASSWORD' : ''}`;
}
