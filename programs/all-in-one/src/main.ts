/**
 * `sallyport up`: database, web tier, connector and sandbox on one machine. It starts and watches the programs; the
 * tiers still meet only in the database.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, startProgram, type ChildProgram } from './child-program.ts';
import { ConfigurationError, readConfiguration, usage, type Configuration } from './configuration.ts';
import { lockDataDirectory } from './data-lock.ts';

const running: ChildProgram[] = [];
let ending: Promise<void> | null = null;
let release: (() => void) | null = null;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
process.on('disconnect', () => void end(0));

if (process.argv.includes('--help')) {
  console.log(usage);
  process.exit(0);
}
try {
  const configuration = readConfiguration(process.argv.slice(2), process.env);
  mkdirSync(join(configuration.dataDirectory, 'logs'), { recursive: true, mode: 0o700 });
  release = lockDataDirectory(configuration.dataDirectory);
  await start(configuration);
} catch (error) {
  const { code = 'internal', message } = error as { code?: string; message: string };
  process.send?.({ failed: { code, message } });
  if (ending === null) console.error(`sallyport: ${message} [${code}]`);
  await end(error instanceof ConfigurationError ? 2 : 1);
}

async function start(configuration: Configuration): Promise<void> {
  const began = performance.now();
  const say = (text: string): void => {
    console.log(`[${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s] ${text}`);
  };
  const launch = async (
    name: string,
    parameters: readonly string[],
    environment: Readonly<Record<string, string>>,
    what: string,
  ): Promise<ChildProgram> => {
    const program = await startProgram(configuration, name, parameters, environment, say);
    // A stop that came while it started has not seen it.
    if (ending !== null) await program.stop();
    running.push(program);
    say(what);
    return program;
  };
  say('starting; Ctrl-C ends everything');
  const sandboxPort = configuration.port === 0 ? 0 : configuration.port + 1;
  const sandbox = configuration.withSandbox
    ? launch(
        'sandbox',
        [],
        { SALLYPORT_SANDBOX_PORT: String(sandboxPort) },
        'SANDBOX: demo CA, enforcing proxy, simulated Jira',
      )
    : null;
  const database = launch('database', ['serve'], {}, 'database');
  // Both are waited for before an error of one ends the start, so that the other can be stopped.
  await Promise.allSettled([sandbox, database]);
  await Promise.all([sandbox, database]);
  const web = launch('web', [], { SALLYPORT_PORT: String(configuration.port) }, 'web tier: listens only');
  const connector = launch('connector', [], {}, 'connector: dials only');
  await Promise.allSettled([web, connector]);
  const [{ ready }] = await Promise.all([web, connector]);
  if (configuration.withSandbox) await runProgram(configuration, 'database', ['seed-sandbox']);
  if (ending !== null) return;
  process.send?.({ ready: { ...ready, seconds: (performance.now() - began) / 1000 } });
  console.log(welcome(configuration, ready, (performance.now() - began) / 1000));
}

function welcome(configuration: Configuration, ready: Readonly<Record<string, unknown>>, seconds: number): string {
  const url = String(ready.url);
  const lines = ['', `ready ${url}  (${seconds.toFixed(1)} s)`, ''];
  if (typeof ready.signInUrl === 'string') {
    lines.push('  First sign-in: open this one-time link to become the first operator:', `    ${ready.signInUrl}`);
  } else lines.push(`  Sign in at ${url} with your e-mail address and password.`);
  if (typeof ready.fingerprint === 'string') {
    lines.push(
      '  Your browser will warn: the certificate of this address was made on this machine, so no authority vouches for',
      '  it. It is the right one if the browser shows this SHA-256 fingerprint:',
      `    ${ready.fingerprint}`,
    );
  }
  if (configuration.withSandbox) lines.push(...sandboxLines(configuration));
  lines.push('', `  Data and logs: ${configuration.dataDirectory}`, '');
  return lines.join('\n');
}

function sandboxLines(configuration: Configuration): string[] {
  const path = join(configuration.dataDirectory, 'sandbox/sandbox.json');
  const sandbox = JSON.parse(readFileSync(path, 'utf8')) as {
    baseUrl: string;
    projects: string[];
    personalAccessToken: string;
  };
  return [
    '',
    '  SANDBOX (made-up data, for trying): a simulated Jira behind an enforcing proxy.',
    `    base URL ${sandbox.baseUrl}   projects ${sandbox.projects.join(', ')}`,
    `    token    ${sandbox.personalAccessToken}`,
    '    ./sallyport sandbox fault expired on   shows what a broken far side looks like',
  ];
}

function end(status: number): Promise<void> {
  ending ??= (async () => {
    for (const program of running) program.expectEnd();
    // Those who use the database end before it does.
    for (const program of running.toReversed()) await program.stop();
    release?.();
    process.exit(status);
  })();
  return ending;
}
