/** testssl.sh: every finding that it grades. About a minute. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, ScanTarget } from './finding.ts';
import { runScanner } from './scanner-process.ts';

export const testsslProgram = '/usr/bin/testssl';

interface GradedLine {
  readonly id: string;
  readonly severity: string;
  readonly finding: string;
}

const severities: Readonly<Record<string, Finding['severity']>> = {
  OK: 'ok',
  LOW: 'low',
  MEDIUM: 'medium',
  HIGH: 'high',
  CRITICAL: 'critical',
  WARN: 'warning',
};

/** About the scanner and its own OpenSSL, not about the server. */
const aboutTheTool = new Set(['engine_problem', 'scanTime', 'old_fart', 'optimal_proto', 'DNS_HTTPS_rrecord']);

export async function scanWithTestssl(target: ScanTarget, folder: string): Promise<readonly Finding[]> {
  const scan = `testssl ${target.certificate}`;
  const file = join(folder, `testssl-${target.certificate}.json`);
  const trust = ['--add-ca', target.anchorsFile];
  const where = ['--ip', '127.0.0.1', `https://${target.host}:${target.port}`];
  const output = ['--quiet', '--color', '0', '--warnings', 'off', '--jsonfile', file];
  const { status } = await runScanner(testsslProgram, [...output, ...trust, ...where]);
  let lines: readonly GradedLine[];
  try {
    lines = JSON.parse(readFileSync(file, 'utf8')) as GradedLine[];
  } catch {
    return [{ scan, id: 'run', severity: 'critical', text: `testssl ended with ${status} and wrote no result` }];
  }
  const findings = lines.flatMap(({ id, severity, finding }): Finding[] => {
    const graded = severities[severity];
    // INFO and DEBUG are facts without a grade; an unknown grade must not look like one of them.
    if (severity === 'INFO' || severity === 'DEBUG' || aboutTheTool.has(id)) return [];
    return [{ scan, id, severity: graded ?? 'warning', text: finding }];
  });
  // A scan that broke off has few findings, and none of the last ones.
  const isComplete = lines.some(({ id }) => id === 'clientsimulation-firefox_66' || id.startsWith('clientsimulation-'));
  if (isComplete && findings.length > 20) return findings;
  return [...findings, { scan, id: 'run', severity: 'critical', text: 'testssl broke off before its end' }];
}
