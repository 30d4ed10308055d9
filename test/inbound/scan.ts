/**
 * `npm run test:inbound`: the web tier as three scanners see it from outside, with an RSA and with an ECDSA certificate. Every
 * finding of LOW or above fails, but those that the laboratory certificate causes (excuses.ts).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration, startSandbox } from '@sallyport/sandbox';
import { defaultTlsPolicy } from '@sallyport/tls-policy';
import { startDatabase } from '../system/embedded-database.ts';
import { startWeb } from '../system/running-web.ts';
import { excuses, type Excuse } from './excuses.ts';
import type { AllowedTls, Finding, ScanTarget, Verdict } from './finding.ts';
import { scanWithNmap } from './nmap.ts';
import { installScanners } from './scanners.ts';
import { scanWithSslscan } from './sslscan.ts';
import { scanWithTestssl } from './testssl.ts';

/** Not localhost, for which there is no HSTS. It need not resolve: the scanners are told the address. */
const host = 'sallyport.operator.example';

const notInstalled = installScanners();
if (notInstalled !== null) {
  // Nothing was looked at, which is no success.
  console.error(`The scanners are ${notInstalled}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'sallyport-inbound-'));
const findings: Finding[] = [];
try {
  findings.push(...(await scanAll()));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
report(findings);

async function scanAll(): Promise<readonly Finding[]> {
  const sandbox = await startSandbox(
    readConfiguration({ SALLYPORT_DATA: folder, SALLYPORT_SANDBOX_PORT: '0', SALLYPORT_SANDBOX_ISSUES: '10' }),
  );
  const database = await startDatabase();
  try {
    const anchorsFile = join(folder, 'anchors.pem');
    writeFileSync(anchorsFile, sandbox.published.anchorsPem);
    const found: Finding[] = [];
    for (const certificate of ['ecdsa', 'rsa'] as const) {
      const { chainPem, keyPem } = await sandbox.issueServer([host], certificate);
      const files = {
        certificate: join(folder, `${certificate}.crt.pem`),
        key: join(folder, `${certificate}.key.pem`),
      };
      writeFileSync(files.certificate, chainPem);
      writeFileSync(files.key, keyPem, { mode: 0o600 });
      const web = await startWeb(database, {
        SALLYPORT_TLS_CERTIFICATE: files.certificate,
        SALLYPORT_TLS_KEY: files.key,
      });
      try {
        const target: ScanTarget = { certificate, host, port: web.port, anchorsFile };
        console.log(`scanning with the ${certificate} certificate; testssl takes about a minute …`);
        found.push(...(await scanWithSslscan(target, allowedWith(certificate))));
        found.push(...(await scanWithNmap(target, allowedWith(certificate))));
        found.push(...(await scanWithTestssl(target, folder)));
      } finally {
        await web.stop();
      }
    }
    return found;
  } finally {
    await database.stop();
    await sandbox.stop();
  }
}

/** Suites sign with the key of the certificate, so each certificate has its part of the policy. */
function allowedWith(certificate: ScanTarget['certificate']): AllowedTls {
  const { suites, groups, minimumDhBits } = defaultTlsPolicy;
  const isEcdsa = (iana: string): boolean => iana.includes('_ECDSA_');
  return { suites: suites.filter(({ iana }) => isEcdsa(iana) === (certificate === 'ecdsa')), groups, minimumDhBits };
}

function report(all: readonly Finding[]): void {
  const used = new Set<Excuse>();
  const judge = (finding: Finding): Verdict => {
    if (finding.severity === 'ok') return { kind: 'passed' };
    const excuse = excuses.find(
      ({ scanner, id, text }) => finding.scan.startsWith(scanner) && id === finding.id && text.test(finding.text),
    );
    if (excuse === undefined) return { kind: 'failed' };
    used.add(excuse);
    return { kind: 'excused', reason: excuse.reason };
  };
  let passed = 0;
  let failed = 0;
  for (const finding of all) {
    const verdict = judge(finding);
    if (verdict.kind === 'failed') failed += 1;
    else passed += 1;
    const text = finding.text.replace(/\s+/g, ' ').slice(0, 90);
    console.log(
      `${verdict.kind.padEnd(8)} ${finding.scan.padEnd(14)} ${finding.severity.padEnd(9)} ${finding.id.padEnd(30)} ${text}`,
    );
    if (verdict.kind === 'excused') console.log(`         ${verdict.reason}`);
  }
  for (const excuse of excuses) {
    if (used.has(excuse)) continue;
    failed += 1;
    console.log(`failed   stale excuse: ${excuse.scanner} ${excuse.id}; no scan shows it any more, take it out`);
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
