/** `sallyport db`: serves the embedded PostgreSQL, migrates, backs up, restores, and puts the sandbox's material in. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pino from 'pino';
import { migrate, prepareDatabase, prepareRoles, type RoleUrls } from '@sallyport/store';
import { addClientCertificate } from './add-client-certificate.ts';
import { readBackup, writeBackup } from './backup-file.ts';
import { wantedEvidence, writeEvidence } from './evidence/write-evidence.ts';
import { startCluster, type Cluster } from './embedded-cluster.ts';
import { printedEnforcerFacts } from './enforcer-facts.ts';
import { readRoleUrls, writeRoleUrls } from './role-urls.ts';
import { seedSandbox } from './seed-sandbox.ts';
import { setWebAuthority } from './web-authority.ts';
import { holdDataDirectory } from './serving-process.ts';

const usage =
  'usage: sallyport db serve | migrate | backup FILE | restore FILE | seed-sandbox | add-client-certificate … | web-authority …';
const dataDirectory = resolve(process.env.SALLYPORT_DATA ?? join(import.meta.dirname, '../../../.sallyport'));
/** The user's own PostgreSQL; empty is none. */
const ownServer = process.env.DATABASE_URL === '' ? undefined : process.env.DATABASE_URL;
const [verb, file] = process.argv.slice(2);
/** Who types a verb wants its answer; what serves, or runs for another program, keeps a log. */
const isTyped = verb !== 'serve' && process.send === undefined;
const log = pino({ name: 'database', level: isTyped ? 'silent' : (process.env.SALLYPORT_LOG ?? 'info') });

try {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  switch (verb) {
    case 'serve':
      await serve();
      break;
    case 'migrate':
      await withDatabase(async () => {});
      break;
    case 'backup':
    case 'restore':
      if (file === undefined) {
        console.error(usage);
        process.exitCode = 2;
      } else if (verb === 'backup') await withDatabase((urls) => backUp(urls, file));
      else await withDatabase((urls) => putBack(urls, file));
      break;
    case 'add-client-certificate':
      await withDatabase(async (urls) =>
        console.log(await addClientCertificate(urls.owner, process.argv.slice(3), new Date())),
      );
      break;
    case 'web-authority':
      await withDatabase(async (urls) => console.log(await setWebAuthority(urls.owner, process.argv.slice(3))));
      break;
    case 'enforcer-facts':
      await withDatabase(async (urls) => console.log(await printedEnforcerFacts(urls.owner, file ?? '')));
      break;
    case 'evidence': {
      const wanted = wantedEvidence(process.argv.slice(3), new Date());
      await withDatabase(async (urls) => console.log(await writeEvidence(urls.owner, wanted)));
      break;
    }
    case 'seed-sandbox':
      await withDatabase((urls) => seedSandbox(urls.owner, dataDirectory));
      break;
    default:
      console.error(usage);
      process.exitCode = 2;
  }
  // A verb that did one thing is done; the channel to whoever started us would keep this process.
  if (verb !== 'serve') process.disconnect?.();
} catch (error) {
  const { code = 'internal', message } = error as { code?: string; message: string };
  log.error({ event: 'database.failed', code, message });
  if (process.send === undefined) console.error(`sallyport ${verb === 'evidence' ? verb : 'db'}: ${message} [${code}]`);
  process.send?.({ failed: { code, message } });
  process.exitCode = code === 'usage' ? 2 : 1;
  process.disconnect?.();
}

async function backUp(urls: RoleUrls, path: string): Promise<void> {
  const rows = await writeBackup(urls.owner, path);
  console.log(`${rows} rows in ${path}`);
  console.log(
    `Keep beside it, and apart from it: ${join(dataDirectory, 'connector/seal-key.json')} (without it the sealed secrets cannot be opened).`,
  );
}

async function putBack(urls: RoleUrls, path: string): Promise<void> {
  console.log(`${await readBackup(urls.owner, path)} rows restored from ${path}`);
  console.log(
    `Put the seal key of that time to ${join(dataDirectory, 'connector/seal-key.json')} before a connector starts.`,
  );
}

async function serve(): Promise<void> {
  const release = holdDataDirectory(dataDirectory, join(dataDirectory, 'database.pid'));
  let cluster: Cluster | null = null;
  let ending = false;
  let keepAlive: NodeJS.Timeout | undefined;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    clearInterval(keepAlive);
    await cluster?.stop();
    release();
    log.info({ event: 'database.stopped' });
    process.exit(process.exitCode ?? 0);
  };
  process.on('SIGTERM', () => void end());
  // Ctrl-C reaches the whole group; whoever started us decides the order. Started alone, it ends us.
  process.on('SIGINT', () => (process.send === undefined ? void end() : undefined));
  process.on('disconnect', () => void end());
  try {
    if (ownServer === undefined) {
      cluster = await startCluster(dataDirectory, (event, fields) => log.warn({ event, ...fields }));
    }
    await prepare(cluster);
  } catch (error) {
    await cluster?.stop();
    release();
    throw error;
  }
  keepAlive = setInterval(() => {}, 1 << 30);
  log.info({ event: 'database.ready', embedded: cluster !== null });
  process.send?.({ ready: { socketDirectory: cluster?.socketDirectory ?? null } });
}

/** Roles, schema and files, on the embedded cluster or on the user's own server. */
async function prepare(cluster: Cluster | null): Promise<RoleUrls> {
  const adminUrl = cluster === null ? (ownServer ?? '') : await prepareDatabase(cluster.adminUrl, 'sallyport');
  const urls = await prepareRoles(adminUrl, readRoleUrls(dataDirectory));
  writeRoleUrls(dataDirectory, urls);
  const applied = await migrate(urls.owner, urls.connector);
  log.info({ event: 'database.migrated', applied });
  return urls;
}

/** For the verbs that do one thing: uses the database that is served, or starts the embedded one for as long as it takes. */
async function withDatabase(work: (urls: RoleUrls) => Promise<void>): Promise<void> {
  const cluster =
    ownServer === undefined
      ? await startCluster(dataDirectory, (event, fields) => log.warn({ event, ...fields }))
      : null;
  try {
    await work(await prepare(cluster));
  } finally {
    if (cluster !== null && !cluster.adopted) await cluster.stop();
  }
}
