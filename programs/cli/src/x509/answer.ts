/** The one document that each verb prints: as text, or as JSON. */
import { X509Error } from '@sallyport/x509';
import type { ReportEntry } from '@sallyport/x509';
import type { UsageError } from './options.ts';
import { KeyFileError } from '@sallyport/key-files';

export interface AnswerError {
  readonly code: string;
  readonly message: string;
  readonly section?: string;
  readonly certificateIndex?: number | null;
  readonly evidence?: ReportEntry['evidence'];
}

export interface Answer {
  readonly verdict: 'valid' | 'invalid' | 'unknown';
  /** In the words of the verb: accepted, refused, good, revoked, unknown, read, clean, faulty, unreadable. */
  readonly status: string;
  /** Of the headline. */
  readonly code: string;
  readonly errors: readonly AnswerError[];
  /** Further members of the JSON document. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** For people; ends without a line end. */
  readonly text: string;
}

export function errorOf({ code, message, section, certificateIndex, evidence }: ReportEntry): AnswerError {
  return { code, message, section, certificateIndex, evidence };
}

/** The answer to bytes that cannot be read; null for an error that is none of reading. */
export function unreadable(error: unknown, source: string): Answer | null {
  if (!(error instanceof X509Error) && !(error instanceof KeyFileError)) return null;
  const { code } = error;
  const evidence = { source, ...(error instanceof X509Error ? { position: error.position } : {}) };
  return {
    verdict: 'invalid',
    status: 'unreadable',
    code,
    errors: [{ code, message: error.message, evidence }],
    text: `unreadable: ${source}: ${error.message} (${code})`,
  };
}

/** The document for a question that was not understood: there is no verdict, and a program that reads JSON gets JSON. */
export function usageDocument({ code, message }: UsageError): string {
  return `${JSON.stringify({ verdict: 'none', status: 'usage', code, errors: [{ code, message }] })}\n`;
}

/** @returns the exit status: 0 valid, 1 not */
export function showAnswer(answer: Answer, json: boolean, print: (text: string) => void): number {
  const { verdict, status, code, errors, details, text } = answer;
  print(json ? `${JSON.stringify({ verdict, status, code, errors, ...details })}\n` : `${text}\n`);
  return verdict === 'valid' ? 0 : 1;
}
