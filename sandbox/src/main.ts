/** `sandbox`: serves until told to stop. `sandbox fault NAME on|off`, `sandbox status`: talk to the one that runs. */
import { readConfiguration } from './configuration.ts';
import { runCommand } from './control/command.ts';
import { PrivateFolder } from './private-files.ts';
import { startSandbox, type Sandbox } from './sandbox.ts';

const parameters = process.argv.slice(2);

if (parameters.length === 0 || parameters[0] === 'serve') await serve();
else {
  const { dataDirectory } = readConfiguration(process.env);
  process.exitCode = await runCommand(parameters, new PrivateFolder(dataDirectory), console.log, console.error);
}

async function serve(): Promise<void> {
  let sandbox: Sandbox | null = null;
  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    await sandbox?.stop();
    log('sandbox.stopped', {});
    process.exit(0);
  };
  // Ctrl-C reaches the whole group; who started this says when to end.
  process.on('SIGINT', () => {
    if (process.send === undefined) void end();
  });
  process.on('SIGTERM', () => void end());
  process.on('disconnect', () => void end());
  try {
    sandbox = await startSandbox(readConfiguration(process.env));
  } catch (error) {
    const { code = 'start-failed', message } = error as { code?: string; message: string };
    const failed = code === 'EADDRINUSE' ? { code: 'port-taken', message: portTaken(message) } : { code, message };
    log('sandbox.failed', failed);
    process.send?.({ failed });
    process.exit(1);
  }
  const { baseUrl, controlUrl } = sandbox.published;
  log('sandbox.ready', { baseUrl, controlUrl, note: 'SANDBOX: made-up data, demo certificates' });
  process.send?.({ ready: { baseUrl, controlUrl } });
}

/** Events with fields, one JSON line each, as the other programs write them. */
function log(event: string, fields: Readonly<Record<string, string>>): void {
  console.log(JSON.stringify({ level: event === 'sandbox.failed' ? 50 : 30, time: Date.now(), event, ...fields }));
}

/** The system names the port; which setting chose it, it cannot know. */
function portTaken(message: string): string {
  const port = /:(\d+)$/.exec(message)?.[1] ?? 'its port';
  return `port ${port} is taken by another program. The sandbox takes the two ports after SALLYPORT_PORT: stop that program, or set SALLYPORT_PORT or SALLYPORT_SANDBOX_PORT.`;
}
