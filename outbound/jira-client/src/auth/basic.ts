/** User name and password (RFC 7617). Jira 11 has it off unless the customer switched it on. */
export interface BasicCredential {
  readonly kind: 'basic';
  readonly name: string;
  readonly password: string;
}

/** Null where the name is empty or holds a colon, which would end it early (RFC 7617 §2). */
export function basicAuthorization(credential: BasicCredential): string | null {
  const { name, password } = credential;
  // oxlint-disable-next-line no-control-regex -- control characters are what RFC 7617 forbids here
  if (name === '' || name.includes(':') || /[\u0000-\u001f\u007f]/.test(name + password)) return null;
  return `Basic ${Buffer.from(`${name}:${password}`, 'utf8').toString('base64')}`;
}
