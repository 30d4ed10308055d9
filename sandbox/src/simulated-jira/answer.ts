/** What a route gives back, before it is written to the socket. */

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the ledger: the query, and how many issues went out. */
  readonly jql?: string;
  readonly issues?: number;
}

export function json(status: number, value: unknown): Answer {
  return { status, contentType: 'application/json;charset=UTF-8', body: Buffer.from(JSON.stringify(value)) };
}

/** Jira's error shape; `errors` is by field. */
export function jiraError(status: number, ...errorMessages: readonly string[]): Answer {
  return json(status, { errorMessages, errors: {} });
}

export function html(status: number, text: string): Answer {
  return { status, contentType: 'text/html;charset=UTF-8', body: Buffer.from(text) };
}

/** What Jira's REST layer says about a path that it does not know. */
export function unknownPath(path: string): Answer {
  const text = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><status><status-code>404</status-code><message>null for uri: ${escapeMarkup(path)}</message></status>`;
  return { status: 404, contentType: 'application/xml;charset=UTF-8', body: Buffer.from(text) };
}

export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
