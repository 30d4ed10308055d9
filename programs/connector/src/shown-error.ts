/** Errors as they are shown on a connection: a stable code, a sentence, who can act. */
import type { JiraError } from '@sallyport/jira-client';
import { BindingError } from './connections/binding-error.ts';

export interface ShownError {
  readonly code: string;
  readonly message: string;
  readonly actor: string;
}

/** Of a failed dial, the dial's own code: it is what people and the documents know. */
export function shownError(error: JiraError | BindingError): ShownError {
  const { message, actor } = error;
  if (error instanceof BindingError) return { code: error.code, message, actor };
  return { code: error.code === 'JIRA_DIAL_FAILED' ? (error.dial ?? error.code) : error.code, message, actor };
}
