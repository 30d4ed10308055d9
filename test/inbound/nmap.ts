/** nmap's TLS scripts: suites and their grade, DH parameters, and the vulnerabilities that it knows by name. */
import { question, type AllowedTls, type Finding, type ScanTarget } from './finding.ts';
import { runScanner } from './scanner-process.ts';
import { attributesOf } from './scanner-xml.ts';

export const nmapProgram = '/usr/bin/nmap';

const vulnerabilityScripts = [
  'ssl-heartbleed',
  'ssl-poodle',
  'ssl-ccs-injection',
  'sslv2-drown',
  'tls-ticketbleed',
  'ssl-dh-params',
];

export async function scanWithNmap(target: ScanTarget, allowed: AllowedTls): Promise<readonly Finding[]> {
  const scan = `nmap ${target.certificate}`;
  const scripts = ['ssl-enum-ciphers', ...vulnerabilityScripts].join(',');
  const which = ['--script', scripts, '--script-args', `tls.servername=${target.host}`];
  const where = ['-Pn', '-n', '-p', String(target.port), '127.0.0.1'];
  const { stdout, status } = await runScanner(nmapProgram, ['-oX', '-', ...which, ...where]);
  const elements = attributesOf(stdout);
  const output = (id: string): string =>
    elements.find(({ name, attributes }) => name === 'script' && attributes.id === id)?.attributes.output ?? '';
  const ciphers = output('ssl-enum-ciphers');
  const protocols = [...ciphers.matchAll(/^\s+((?:TLS|SSL)v[\d.]+):/gm)].map(([, protocol = '']) => protocol);
  const suites = [...ciphers.matchAll(/^\s+(TLS_\w+)[^\n]* - ([A-F])$/gm)];
  const names = suites.map(([, name = '']) => name);
  const grades = new Set(suites.map(([, , grade]) => grade));
  const wanted = allowed.suites.map(({ iana }) => iana);
  return [
    question(scan, 'run', status === 0 && names.length > 0, `ended with ${status}, saw ${names.length} suites`),
    question(scan, 'protocols', protocols.join() === 'TLSv1.2', protocols.join(' ') || 'none'),
    question(
      scan,
      'suites',
      names.length === wanted.length && wanted.every((name) => names.includes(name)),
      names.join(' ') || 'none',
    ),
    question(scan, 'grade', grades.size === 1 && grades.has('A'), [...grades].join(' ') || 'none'),
    question(
      scan,
      'preference',
      /cipher preference: server/.test(ciphers),
      /cipher preference: .*/.exec(ciphers)?.[0] ?? '',
    ),
    question(
      scan,
      'warnings',
      !/warnings:/.test(ciphers),
      /warnings:[^]*?(?=\n\s{4}\S|$)/.exec(ciphers)?.[0]?.trim() ?? 'none',
    ),
    // A script that finds nothing prints nothing.
    ...vulnerabilityScripts.map((id) =>
      question(
        scan,
        id,
        !/VULNERABLE/.test(output(id).replace(/NOT VULNERABLE/g, '')),
        output(id).trim() || 'nothing found',
      ),
    ),
  ];
}
