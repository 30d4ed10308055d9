/** sslscan: the exact set of protocols, suites and groups, against what the policy says. */
import { question, type AllowedTls, type Finding, type ScanTarget } from './finding.ts';
import { runScanner } from './scanner-process.ts';
import { attributesOf } from './scanner-xml.ts';

export const sslscanProgram = '/usr/bin/sslscan';

/** sslscan's names of groups, and those of the policy. */
const groupNames: Readonly<Record<string, string>> = {
  'secp256r1 (NIST P-256)': 'P-256',
  'secp384r1 (NIST P-384)': 'P-384',
  x25519: 'X25519',
};

export async function scanWithSslscan(target: ScanTarget, allowed: AllowedTls): Promise<readonly Finding[]> {
  const scan = `sslscan ${target.certificate}`;
  const where = ['--ipv4', `--sni-name=${target.host}`, `127.0.0.1:${target.port}`];
  const { stdout, status } = await runScanner(sslscanProgram, ['--xml=-', '--no-colour', ...where]);
  const elements = attributesOf(stdout);
  const named = (name: string): readonly Readonly<Record<string, string>>[] =>
    elements.filter((element) => element.name === name).map(({ attributes }) => attributes);
  const protocols = named('protocol').filter(({ enabled }) => enabled === '1');
  const protocolNames = protocols.map(({ type, version }) => `${type}${version}`).toSorted();
  const suites = named('cipher').map(({ cipher = '' }) => cipher);
  const wantedSuites = allowed.suites.map(({ openssl }) => openssl);
  // RFC 8422 §5.1: the groups of a client also say which curves it takes in certificates; sslscan offers one at a time, so
  // that with an ECDSA certificate it can see no group but that of the certificate's key.
  const wantedGroups = target.certificate === 'ecdsa' ? ['P-256'] : allowed.groups;
  const groups = named('group').map(({ name = '' }) => groupNames[name] ?? groupNames[name.toLowerCase()] ?? name);
  const dhBits = named('cipher').flatMap(({ dhebits }) => (dhebits === undefined ? [] : [Number(dhebits)]));
  const renegotiation = named('renegotiation')[0];
  const compression = named('compression');
  const heartbleed = named('heartbleed');
  return [
    question(scan, 'run', status === 0 && suites.length > 0, `ended with ${status}, saw ${suites.length} suites`),
    question(scan, 'protocols', protocolNames.join() === 'tls1.2', protocolNames.join(' ') || 'none'),
    question(scan, 'suites', isSameSet(suites, wantedSuites), suites.join(' ') || 'none'),
    question(scan, 'suite order', suites[0] === wantedSuites[0], `first ${suites[0]}, wanted ${wantedSuites[0]}`),
    question(scan, 'groups', isSameSet(groups, wantedGroups), groups.join(' ') || 'none'),
    question(
      scan,
      'DH size',
      dhBits.every((bits) => bits >= allowed.minimumDhBits),
      dhBits.length === 0 ? 'no DH with this certificate' : dhBits.join(' '),
    ),
    question(scan, 'renegotiation', renegotiation?.supported === '0', JSON.stringify(renegotiation ?? null)),
    // Debian builds sslscan without this question; testssl asks it as CRIME.
    ...compression.map(({ supported }) => question(scan, 'compression', supported === '0', `supported ${supported}`)),
    question(
      scan,
      'heartbleed',
      heartbleed.every(({ vulnerable }) => vulnerable === '0'),
      `${heartbleed.length} looked at`,
    ),
  ];
}

function isSameSet(seen: readonly string[], wanted: readonly string[]): boolean {
  return new Set(seen).size === wanted.length && wanted.every((name) => seen.includes(name));
}
