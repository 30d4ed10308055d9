/** `sandbox fault NAME on|off` and `sandbox status`: talk to the control port of the sandbox that runs on the data directory. */
import { sandboxFaults } from '@sallyport/console-api/sandbox-faults';
import type { PrivateFolder } from '../private-files.ts';

export const usage = `usage: sallyport sandbox [serve]
       sallyport sandbox fault NAME on|off
       sallyport sandbox status

${sandboxFaults.map(({ name, label }) => `  ${name.padEnd(30)} ${label}`).join('\n')}`;

/** Work that is under way goes on over sockets that are open, and by what was fetched before. */
const next =
  'To see it, check the sandbox\'s connection: "Check now" in the console, or POST /api/v1/connections/{id}/check. It dials anew and asks for revocation data anew.';

/** Carries out a command and gives the exit status: 0 done, 1 refused or no sandbox there, 2 usage. */
export async function runCommand(
  parameters: readonly string[],
  folder: PrivateFolder,
  say: (line: string) => void,
  complain: (line: string) => void,
): Promise<0 | 1 | 2> {
  const [verb, name, state] = parameters;
  const isFault =
    verb === 'fault' && name !== undefined && (state === 'on' || state === 'off') && parameters.length === 3;
  if (!isFault && !(verb === 'status' && parameters.length === 1)) {
    complain(usage);
    return 2;
  }
  if (isFault && !sandboxFaults.some((fault) => fault.name === name)) {
    complain(`sandbox: there is no fault '${name.slice(0, 60)}'.\n${usage}`);
    return 2;
  }
  const published = folder.readJson('sandbox.json');
  const isPublished = typeof published === 'object' && published !== null && 'controlUrl' in published;
  if (!isPublished) {
    complain(`sandbox: none has been started on this data directory (${folder.path})`);
    return 1;
  }
  const controlUrl = String(published.controlUrl);
  let answer: Response;
  try {
    answer = isFault
      ? await fetch(`${controlUrl}/faults`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ fault: name, on: state === 'on' }),
        })
      : await fetch(`${controlUrl}/status`);
  } catch {
    complain(`sandbox: nothing answers at ${controlUrl}; is it running?`);
    return 1;
  }
  const body = (await answer.json()) as { error?: string; faults?: string[] };
  if (!answer.ok) {
    complain(`sandbox: ${body.error ?? answer.status}`);
    return 1;
  }
  say(
    isFault
      ? `SANDBOX faults that are on: ${body.faults?.join(', ') || 'none'}\n${next}`
      : JSON.stringify(body, null, 2),
  );
  return 0;
}
