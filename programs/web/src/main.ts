/** The web tier: answers from the database, and dials nothing but it. Main, configuration and wiring; no rules. */
import {
  beginListening,
  createHttpApi,
  createWebServer,
  keepBootstrapToken,
  makeFirstOperatorLink,
  type ServerCertificate,
  type WebServer,
} from '@sallyport/http-api';
import { refuseToDial } from '@sallyport/no-dialling';
import { openCallWaiter, openStore, readSetting, type Store } from '@sallyport/store';
import pino, { type Logger } from 'pino';
import { checkCertificate, type CheckedCertificate } from './certificate-check.ts';
import { readCertificateFiles, watchCertificateFiles } from './certificate-files.ts';
import { readConfiguration, type Configuration } from './configuration.ts';
import { databaseAddressOf } from './database-address.ts';
import { ownCertificate } from './own-certificate.ts';
import { keepStapledAnswer } from './stapled-answer.ts';

/** What is under way at the end may take this long (milliseconds). */
const endMilliseconds = 5_000;
/** A database that starts beside us may take this long (milliseconds). */
const databaseMilliseconds = 30_000;

/** Shown certificate is at fault so that nobody could trust it. */
class CertificateUnusableError extends Error {
  readonly code = 'certificate-unusable';
}

/** The database does not answer, or was never migrated. */
class DatabaseNotReadyError extends Error {
  readonly code = 'database-unavailable';
}

process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the launcher ends us in order.

try {
  const configuration = readConfiguration(process.env);
  const log = pino(
    { level: configuration.logLevel, base: { program: 'web' } },
    pino.destination({ fd: 1, sync: true }),
  );
  refuseToDial(databaseAddressOf(configuration.databaseUrl), (error) =>
    log.error({ event: 'direction.dial-refused', code: error.code, message: error.message }),
  );
  await serve(configuration, log);
} catch (error) {
  const { code = 'internal', message } = error as { code?: string; message: string };
  process.send?.({ failed: { code, message } });
  console.error(`web: ${message} [${code}]`);
  process.exitCode = 1;
  process.disconnect?.();
  // Something half open must not keep a failed start alive.
  setTimeout(() => process.exit(1), 200).unref();
}

async function serve(configuration: Configuration, log: Logger): Promise<void> {
  const store = openStore({ url: configuration.databaseUrl, applicationName: 'sallyport-web' });
  await databaseReady(store);
  const { bootstrapToken, certificateFiles, policy, limits } = configuration;
  if (bootstrapToken !== null && (await keepBootstrapToken(store, bootstrapToken)))
    log.info({ event: 'token.bootstrap-kept' });
  const certificate =
    certificateFiles === null
      ? ownCertificate(configuration.dataDirectory, Date.now())
      : readCertificateFiles(certificateFiles);
  let shown = judged(certificate, log);
  const calls = openCallWaiter(store);
  let web: WebServer | null = null;
  const api = await createHttpApi(
    {
      store,
      calls,
      policy,
      consoleDirectory: configuration.consoleDirectory,
      dataDirectory: configuration.dataDirectory,
      callTimeoutMilliseconds: configuration.callTimeoutMilliseconds,
    },
    log,
    () => ({ certificateNotAfter: shown.notAfter, ...(web?.refused() ?? { overCap: 0, slowHandshakes: 0 }) }),
  );
  const stapled = keepStapledAnswer(store, certificate.certificatePem, log);
  const running = createWebServer(policy, certificate, limits, api.answer, () => stapled.at(Date.now()));
  web = running;
  const watch =
    certificateFiles === null
      ? null
      : watchCertificateFiles(
          certificateFiles,
          certificate,
          (next) => {
            const taken = changed(running, next, log);
            if (taken === null) return;
            shown = taken;
            stapled.show(next.certificatePem);
          },
          (error) => log.warn({ event: 'web.certificate-unreadable', message: error.message }),
        );
  const port = await beginListening(running.server, configuration.place);
  const host =
    certificateFiles === null ? 'localhost' : (shown.names.find((name) => !name.startsWith('*')) ?? 'localhost');
  const url = port === 443 ? `https://${host}` : `https://${host}:${port}`;
  const signInUrl = await makeFirstOperatorLink(store, url);
  log.info({ event: 'web.ready', url, fingerprint: shown.fingerprint, policy: policy.id });
  process.send?.({ ready: { url, fingerprint: certificateFiles === null ? shown.fingerprint : null, signInUrl } });

  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    watch?.close();
    const late = setTimeout(() => running.server.closeAllConnections(), endMilliseconds);
    running.server.close();
    running.server.closeIdleConnections();
    await api.close();
    clearTimeout(late);
    await calls.close();
    await stapled.close();
    await store.close();
    log.info({ event: 'web.ended' });
    process.exit(0);
  };
  process.on('SIGTERM', () => void end());
  process.on('disconnect', () => void end());
}

/** Judges the first certificate; a fatal fault ends the start, a warning is logged. */
function judged(certificate: ServerCertificate, log: Logger): CheckedCertificate {
  const checked = checkCertificate(certificate, Date.now());
  if (checked.fatal.length > 0)
    throw new CertificateUnusableError(checked.fatal.map(({ message }) => message).join(' '));
  for (const { code, message } of checked.warnings) log.warn({ event: 'web.certificate-warning', code, message });
  return checked;
}

/** Serves the renewed certificate, or keeps the old one and says why; gives what is shown now, null where nothing changed. */
function changed(web: WebServer, next: ServerCertificate, log: Logger): CheckedCertificate | null {
  const checked = checkCertificate(next, Date.now());
  const faults = [
    ...checked.fatal,
    ...checked.warnings.filter(({ code }) => code === 'expired' || code === 'not-yet-valid'),
  ];
  if (faults.length > 0) {
    for (const { code, message } of faults) log.error({ event: 'web.certificate-refused', code, message });
    return null;
  }
  try {
    web.changeCertificate(next);
  } catch (error) {
    log.error({ event: 'web.certificate-refused', code: 'not-taken', message: (error as Error).message });
    return null;
  }
  log.info({ event: 'web.certificate-changed', fingerprint: checked.fingerprint, notAfter: checked.notAfter });
  return checked;
}

async function databaseReady(store: Store): Promise<void> {
  const deadline = Date.now() + databaseMilliseconds;
  for (;;) {
    try {
      await readSetting(store, 'retention');
      return;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code === '42P01' || code === '3F000')
        throw new DatabaseNotReadyError('The database was not migrated yet: run `sallyport db migrate`.');
      if (Date.now() > deadline) throw new DatabaseNotReadyError(`The database does not answer: ${message}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
