/** A TLS policy in the words that servers' configurations share. */
import type { TlsPolicy } from '@sallyport/tls-policy';

const versions = ['TLSv1.2', 'TLSv1.3'] as const;
export type TlsVersion = (typeof versions)[number];

/** In order, lowest first. */
export function versionsOf(policy: TlsPolicy): readonly TlsVersion[] {
  const { minVersion, maxVersion }: { minVersion: string; maxVersion: string } = policy;
  return versions.filter((version) => version >= minVersion && version <= maxVersion);
}

/** Suites of TLS 1.2 by OpenSSL's names, in order of preference; those of TLS 1.3 are set elsewhere, or not at all. */
export function opensslSuites(policy: TlsPolicy): string {
  return policy.suites.flatMap(({ openssl }) => (openssl.startsWith('TLS_') ? [] : [openssl])).join(':');
}

export function offersDhe(policy: TlsPolicy): boolean {
  return policy.suites.some(({ openssl }) => openssl.startsWith('DHE-'));
}

/** Groups in order, joined as OpenSSL takes them; it knows P-256 and P-384 by these names. */
export function opensslGroups(policy: TlsPolicy): string {
  return policy.groups.join(':');
}
