/**
 * Runs the gates and the tests, says what was left out and why, and ends with `N passed, N failed`.
 * `quick`: format, lint, types, direction, unit tests; no database. `all`: also system and browser tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian packages that tests use; a test whose program is absent says so itself and is counted as left out. */
const packages: readonly { readonly name: string; readonly program: string }[] = [
  { name: 'nginx-light', program: '/usr/sbin/nginx' },
  { name: 'chromium', program: '/usr/bin/chromium' },
  { name: 'openssl', program: '/usr/bin/openssl' },
  { name: 'haproxy', program: '/usr/sbin/haproxy' },
  { name: 'apache2', program: '/usr/sbin/apache2' },
  { name: 'stunnel4', program: '/usr/bin/stunnel4' },
  { name: 'squid-openssl', program: '/usr/sbin/squid' },
  { name: 'tomcat10', program: '/usr/share/tomcat10/bin/catalina.sh' },
];

interface Counts {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

const scope = process.argv[2] === 'quick' ? 'quick' : 'all';
const failed: string[] = [];
const leftOut: string[] = [];
let passed = 0;

if (scope === 'all') installPackages();
gate('format', 'oxfmt', ['--check']);
gate('lint', 'oxlint', ['--quiet']);
gate('types', 'tsc', ['-p', 'tsconfig.json']);
gate('types of the console', 'tsc', ['-p', 'console/tsconfig.json', '--noEmit']);
gate('unused code', 'knip', []);
gate('direction', process.execPath, ['tools/check-direction.ts']);
gate('document links', process.execPath, ['tools/check-links.ts']);
gate('generated documents', process.execPath, ['tools/generate-docs.ts', '--check']);
// Where minutes count, tests of the tests are left to the whole run.
const unhurried = scope === 'all' ? '' : 'tools/mutation/';
nodeTests('unit tests', ['{pure,outbound,inbound,store,programs,sandbox,console,tools}/**/*.test.ts'], 2, unhurried);
if (scope === 'all') {
  // Each test has a database of its own; it is made and migrated once, and copied.
  const template = mkdtempSync(join(tmpdir(), 'sallyport-template-'));
  process.env['SALLYPORT_TEST_TEMPLATE'] = template;
  // They wait for other processes more than they work.
  nodeTests('system tests', ['test/system/**/*.test.ts'], 3);
  nodeTests('browser tests', ['test/browser/**/*.test.ts'], 2);
  rmSync(template, { recursive: true });
}

if (leftOut.length > 0) console.log(`\nLeft out:\n${leftOut.map((line) => `  ${line}`).join('\n')}`);
if (failed.length > 0) console.log(`\nFailed:\n${failed.map((line) => `  ${line}`).join('\n')}`);
console.log(`\n${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

function installPackages(): void {
  const missing = packages.filter(({ program }) => !existsSync(program)).map(({ name }) => name);
  if (missing.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || process.env.SALLYPORT_NO_APT === '1' || !existsSync('/usr/bin/apt-get')) {
    const why = isRoot ? 'SALLYPORT_NO_APT=1' : 'not root';
    console.log(`[set-up] not installed (${why}): ${missing.join(', ')}; the tests that need them are left out`);
    return;
  }
  console.log(`[set-up] installing with apt: ${missing.join(', ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Only the programs are wanted: no service of a package may start on the machine of whoever runs the tests.
  const install = ['install', '-y', '-q', '--no-install-recommends', ...missing];
  const silent = { stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'], env: environment };
  spawnSync('apt-get', ['update', '-q'], silent);
  const { status } = spawnSync('apt-get', install, { ...silent, env: { ...environment, RUNLEVEL: '1' } });
  if (status !== 0) console.log('[set-up] apt-get failed; the tests that need the packages are left out');
}

function gate(name: string, command: string, parameters: readonly string[]): void {
  const began = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, parameters, { encoding: 'utf8', maxBuffer: 64 << 20 });
  if (status === 0) passed += 1;
  else {
    failed.push(`${name}: ${command} ${parameters.join(' ')}`);
    console.log([stdout, stderr, error?.message].filter(Boolean).join('\n'));
  }
  report(name, status === 0 ? 'passed' : 'FAILED', began);
}

function nodeTests(name: string, patterns: readonly string[], concurrency: number, without = ''): void {
  const found = globSync(patterns, { exclude: (path) => /(^|\/)(node_modules|dist)(\/|$)/.test(path) }).toSorted();
  const files = without === '' ? found : found.filter((path) => !path.includes(without));
  if (files.length === 0) return;
  const began = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-tests-'));
  const countsFile = join(folder, 'counts.json');
  const quiet = ['--disable-warning=ExperimentalWarning', '--test', `--test-concurrency=${concurrency}`];
  const { status } = spawnSync(
    process.execPath,
    [
      ...quiet,
      // A test that hangs is a failure with a name, not a gate that never ends.
      '--test-timeout=240000',
      '--test-reporter=dot',
      '--test-reporter-destination=stdout',
      '--test-reporter=./tools/test-counts.ts',
      `--test-reporter-destination=${countsFile}`,
      ...files,
    ],
    { stdio: 'inherit' },
  );
  const counts = readCounts(countsFile);
  rmSync(folder, { recursive: true });
  passed += counts.passed;
  failed.push(...counts.failed);
  // A runner that died, or a run in which no test ran, must not look like a success.
  if ((status !== 0 && counts.failed.length === 0) || counts.passed === 0)
    failed.push(`${name}: the runner ended with ${status}`);
  leftOut.push(...counts.skipped.map((skipped) => `${skipped.name}: ${skipped.reason}`));
  report(name, `${counts.passed} passed, ${counts.failed.length} failed, ${counts.skipped.length} left out`, began);
}

function readCounts(file: string): Counts {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch {
    return { passed: 0, failed: [], skipped: [] };
  }
}

function report(name: string, outcome: string, began: number): void {
  console.log(`${name.padEnd(22)} ${outcome}  (${((performance.now() - began) / 1000).toFixed(1)} s)`);
}
