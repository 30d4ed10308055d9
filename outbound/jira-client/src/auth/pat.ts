/** A personal access token: `Authorization: Bearer` (Jira 8.14 and later). It is not subject to the CAPTCHA. */
export interface PatCredential {
  readonly kind: 'pat';
  readonly token: string;
}

/** Null for a token that cannot stand in a header. */
export function patAuthorization(credential: PatCredential): string | null {
  return /^[\x21-\x7e]{1,4096}$/.test(credential.token) ? `Bearer ${credential.token}` : null;
}
