/**
 * Switches a fault of the sandbox on or off. It calls plain HTTP on this machine's loopback and nothing else: the
 * sandbox is for trying, and this is no way to anywhere.
 */
import { request } from 'node:http';
import { sandboxFaults, type SandboxFaultName } from '@sallyport/console-api/sandbox-faults';

export type SwitchOutcome =
  /** Which faults are on now. */
  | { readonly ok: true; readonly faults: Readonly<Record<string, boolean>> }
  | { readonly ok: false; readonly code: 'SANDBOX_NOT_LOOPBACK' | 'SANDBOX_UNREACHABLE' | 'SANDBOX_REFUSED' };

const requestMilliseconds = 5_000;
const largestAnswerBytes = 64 << 10;

/** True for an http URL of this machine by address; a name could lead elsewhere. */
export function isLoopbackUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(url.hostname);
}

export async function switchSandboxFault(
  controlUrl: string,
  fault: SandboxFaultName,
  on: boolean,
): Promise<SwitchOutcome> {
  if (!isLoopbackUrl(controlUrl)) return { ok: false, code: 'SANDBOX_NOT_LOOPBACK' };
  try {
    const { status, text } = await postJson(new URL('/faults', controlUrl), { fault, on });
    if (status < 200 || status >= 300) return { ok: false, code: 'SANDBOX_REFUSED' };
    return { ok: true, faults: faultsOf(JSON.parse(text), fault, on) };
  } catch {
    return { ok: false, code: 'SANDBOX_UNREACHABLE' };
  }
}

/** The sandbox answers with its state; the switched one is known in any case. */
function faultsOf(answer: unknown, fault: SandboxFaultName, on: boolean): Readonly<Record<string, boolean>> {
  const faults = (answer as { faults?: unknown } | null)?.faults;
  const isOn = (name: string): boolean | undefined => {
    if (Array.isArray(faults)) return faults.includes(name);
    const value = (faults as Record<string, unknown> | null | undefined)?.[name];
    return typeof value === 'boolean' ? value : undefined;
  };
  return Object.fromEntries(sandboxFaults.map(({ name }) => [name, isOn(name) ?? (name === fault && on)]));
}

function postJson(url: URL, body: unknown): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const asked = request(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
        signal: AbortSignal.timeout(requestMilliseconds),
      },
      (answer) => {
        const chunks: Buffer[] = [];
        let length = 0;
        answer.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > largestAnswerBytes) answer.destroy(new Error('the answer is too large'));
          else chunks.push(chunk);
        });
        answer.once('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
        answer.once('error', reject);
      },
    );
    asked.once('error', reject);
    asked.end(text);
  });
}
