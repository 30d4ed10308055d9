/** The body of an answer, read within bounds: neither a gzip bomb nor an endless stream costs more than the limit. */
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { jiraError, type JiraError } from './jira-error.ts';

/** A page of 200 issues with change logs is some 2 MB; this is that times sixteen. */
export const largestBodyBytes = 32 << 20;
/** What is kept of an answer that is no success: enough for Jira's own error texts. */
export const largestErrorBodyBytes = 64 << 10;

export type BodyReading =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly error: JiraError };

/** Reads and, if it was compressed, expands `body`. The stream is destroyed when a limit is passed. */
export async function readBody(body: Readable, encoding: string | undefined, limitBytes: number): Promise<BodyReading> {
  const kind = (encoding ?? 'identity').trim().toLowerCase();
  if (kind !== 'identity' && kind !== 'gzip' && kind !== 'x-gzip') {
    // Destroying an unread body of a client emits an error that nobody else would hear.
    body.once('error', () => undefined).destroy();
    const message = `Jira's answer is encoded as '${kind.slice(0, 40)}', which was not asked for.`;
    return { ok: false, error: jiraError('JIRA_ANSWER_ENCODING', message) };
  }
  const chunks: Buffer[] = [];
  let length = 0;
  const expanded = kind === 'identity' ? body : body.pipe(createGunzip());
  // `pipe` does not hand on an error of its source.
  body.on('error', (error) => expanded.destroy(error));
  try {
    for await (const chunk of expanded as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limitBytes) {
        const message = `Jira's answer is larger than ${limitBytes} bytes once expanded.`;
        return { ok: false, error: jiraError('JIRA_ANSWER_TOO_LARGE', message) };
      }
      chunks.push(chunk);
    }
  } catch (error) {
    return { ok: false, error: bodyError(error) };
  } finally {
    expanded.destroy();
    body.destroy();
  }
  return {
    ok: true,
    text: (chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks)).toString('utf8'),
  };
}

function bodyError(error: unknown): JiraError {
  const code = String((error as { code?: unknown }).code ?? (error as Error).name);
  if (code.startsWith('Z_'))
    return jiraError('JIRA_ANSWER_TRUNCATED', "Jira's compressed answer is damaged or cut off.", { dial: code });
  if (/TIMEOUT|Timeout|Abort/i.test(code))
    return jiraError('JIRA_TIMEOUT', "Jira's answer did not arrive in time.", { dial: code });
  return jiraError('JIRA_ANSWER_TRUNCATED', "The connection ended in the middle of Jira's answer.", { dial: code });
}
