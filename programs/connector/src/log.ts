/** Events with fields, one JSON object a line. What could hold a secret is cut out wherever it stands. */
import { pino, type Logger } from 'pino';

export type Log = Logger;

/** Names under which secrets travel in this program; none is ever logged on purpose. */
const secretNames = ['token', 'password', 'authorization', 'cookie', 'keyPem', 'privateKey', 'credential'];

export function openLog(level: string, connectorId: string): Log {
  return pino({
    level,
    base: { program: 'connector', connectorId },
    redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
  });
}

/** An error as fields: its code and sentence, not its stack's arguments. */
export function errorFields(error: unknown): { readonly code: string; readonly message: string } {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { code: String(code ?? 'unknown'), message: String(message ?? error) };
}
