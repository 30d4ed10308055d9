/** The common name of a distinguished name where it has one, else the whole name. */
export function commonName(distinguishedName: string): string {
  return /(?:^|[,+]\s*)CN=([^,+]+)/u.exec(distinguishedName)?.[1]?.trim() ?? distinguishedName;
}
