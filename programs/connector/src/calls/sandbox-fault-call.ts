/** The interactive call that switches a fault of the sandbox. Where the sandbox is, a setting says, never the call. */
import { isSandboxFault } from '@sallyport/console-api/sandbox-faults';
import { switchSandboxFault } from '@sallyport/sandbox-control';
import { readSetting, type InteractiveCall } from '@sallyport/store';
import type { Connector } from '../connector.ts';
import { setSandboxSourcesAside } from '../revocation/sandbox-sources.ts';

const messages = {
  SANDBOX_ABSENT: 'This installation has no sandbox.',
  SANDBOX_FAULT_UNKNOWN: 'The sandbox has no such fault.',
  SANDBOX_NOT_LOOPBACK: 'The sandbox must be on this machine.',
  SANDBOX_UNREACHABLE: 'The sandbox does not answer. Is it running?',
  SANDBOX_REFUSED: 'The sandbox refused to switch the fault.',
} as const;

export async function answerSandboxFault(connector: Connector, call: InteractiveCall): Promise<object> {
  const began = performance.now();
  const setting = await readSetting<{ controlUrl?: unknown }>(connector.callStore, 'sandbox');
  if (typeof setting?.controlUrl !== 'string') return refusal('SANDBOX_ABSENT');
  const { fault, on } = call.parameters;
  if (typeof fault !== 'string' || !isSandboxFault(fault) || typeof on !== 'boolean')
    return refusal('SANDBOX_FAULT_UNKNOWN');
  const outcome = await switchSandboxFault(setting.controlUrl, fault, on);
  // What is held from before the switch would hide what it shows.
  if (outcome.ok) await setSandboxSourcesAside(connector);
  return outcome.ok
    ? { faults: outcome.faults, error: null, workMilliseconds: performance.now() - began }
    : refusal(outcome.code);
}

function refusal(code: keyof typeof messages): object {
  return { faults: {}, error: { code, message: messages[code], actor: 'operator' } };
}
