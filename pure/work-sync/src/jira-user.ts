/** A user as issues name one. Which members exist depends on version, masking and whether the account still exists. */
import { asObject, asText } from './json-value.ts';

export interface JiraUser {
  /** Stable across renames; null on old sites and for deleted users. */
  readonly key: string | null;
  /** Login name; can be renamed. */
  readonly name: string | null;
  readonly displayName: string | null;
}

/** Null for no user. A deleted user with only a `self` link keeps the name that the link holds. */
export function readUser(value: unknown): JiraUser | null {
  const bare = asText(value);
  if (bare !== null) return { key: null, name: bare, displayName: bare };
  const user = asObject(value);
  if (user === null) return null;
  const key = asText(user.key) ?? asText(user.accountId);
  const name = asText(user.name) ?? nameFromSelf(user.self);
  const displayName = asText(user.displayName) ?? name ?? key;
  return key === null && name === null && displayName === null ? null : { key, name, displayName };
}

function nameFromSelf(self: unknown): string | null {
  if (typeof self !== 'string') return null;
  const name = URL.parse(self)?.searchParams.get('username') ?? null;
  return asText(name);
}
