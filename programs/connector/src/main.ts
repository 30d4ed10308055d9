/**
 * The connector: dials and never listens. It takes jobs and interactive calls of its egress group from the database,
 * and its heartbeat there is the only sign of its life.
 */
import { setFlagsFromString } from 'node:v8';
import { refuseToListen } from '@sallyport/no-listening';
import { openStore } from '@sallyport/store';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { errorFields, openLog, type Log } from './log.ts';
import { startConnector, type RunningConnector } from './start-connector.ts';

// Pages come and go quickly: a young generation that does not grow keeps the peak of memory low, at a little more work.
setFlagsFromString('--semi-space-growth-factor=1');

let log: Log | null = null;
let running: RunningConnector | null = null;
let ending: Promise<void> | null = null;

// Before anything else is wired: from here on nothing in this process can listen.
refuseToListen((error) => log?.error({ event: 'direction.listen-refused', ...errorFields(error) }));

process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => void end());
process.on('disconnect', () => void end());

try {
  const configuration = readConfiguration(process.env);
  log = openLog(configuration.logLevel, configuration.connectorId);
  const open = (name: string, maximumConnections: number): ReturnType<typeof openStore> =>
    openStore({
      url: configuration.databaseUrl,
      applicationName: `sallyport-${configuration.connectorId}-${name}`,
      maximumConnections,
    });
  running = await startConnector(
    configuration,
    { jobs: open('jobs', 13), calls: open('calls', 6), revocation: open('revocation', 8) },
    log,
    () => {
      process.exitCode = 1;
      void end();
    },
  );
  if (ending === null) {
    log.info({ event: 'connector.ready', egressGroup: configuration.egressGroup });
    process.send?.({ ready: { connectorId: configuration.connectorId } });
  } else await running.stop();
} catch (error) {
  const { code, message } = errorFields(error);
  if (!(error instanceof ConfigurationError)) log?.fatal({ event: 'connector.start-failed', code, message });
  process.send?.({ failed: { code, message } });
  if (process.send === undefined) console.error(`sallyport connector: ${message} [${code}]`);
  process.exitCode = 1;
  process.disconnect?.();
}

function end(): Promise<void> {
  ending ??= (async () => {
    await running?.stop();
    log?.info({ event: 'connector.stopped' });
    process.exit(process.exitCode ?? 0);
  })();
  return ending;
}
