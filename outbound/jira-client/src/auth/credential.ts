/** What a connection signs in with, one kind for each file beside this one. */
import { basicAuthorization, type BasicCredential } from './basic.ts';
import { patAuthorization, type PatCredential } from './pat.ts';

export type JiraCredential = PatCredential | BasicCredential;

/** The value of the Authorization header; null for a credential that cannot be sent. */
export function authorizationOf(credential: JiraCredential): string | null {
  switch (credential.kind) {
    case 'pat':
      return patAuthorization(credential);
    case 'basic':
      return basicAuthorization(credential);
  }
}

/**
 * The credential out of its sealed text: JSON with its members, or bare, as a token or `name:password` for the kind that
 * the terms name. Null for anything else, or for another kind than the terms'.
 */
export function readCredential(text: string, kind: JiraCredential['kind']): JiraCredential | null {
  const json = asMembers(text);
  if (json !== null) {
    if (json.kind !== undefined && json.kind !== kind) return null;
    if (kind === 'pat') return typeof json.token === 'string' ? { kind, token: json.token } : null;
    const name = json.name ?? json.username;
    return typeof name === 'string' && typeof json.password === 'string'
      ? { kind, name, password: json.password }
      : null;
  }
  if (kind === 'pat') return { kind, token: text.trim() };
  const colon = text.indexOf(':');
  return colon <= 0 ? null : { kind, name: text.slice(0, colon), password: text.slice(colon + 1) };
}

function asMembers(text: string): Readonly<Record<string, unknown>> | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
}
