/** A TLS policy in the words that servers' configurations share. */
import type { TlsPolicy } from '@sallyport/tls-policy';

const versions = ['TLSv1.2', 'TLSv1.3'] as const;
export type TlsVersion = (typeof versions)[number];

/** In order, lowest first. */
export function versionsOf(policy: TlsPolicy): readonly TlsVersion[] {
  return versions.filter((version) => version >= policy.minVersion && version <= policy.maxVersion);
}

/** Suites of TLS 1.2 by OpenSSL's names, in order of preference. */
export function opensslSuites(policy: TlsPolicy): string {
  return policy.suites.map(({ openssl }) => openssl).join(':');
}

/** Suites of TLS 1.3 in the same way; they are set apart everywhere. Null where the policy has none. */
export function opensslTls13Suites(policy: TlsPolicy): string | null {
  return policy.tls13Suites.length === 0 ? null : policy.tls13Suites.map(({ openssl }) => openssl).join(':');
}

/** Every suite by its IANA name, the newest version first. */
export function ianaSuites(policy: TlsPolicy): readonly string[] {
  return [...policy.tls13Suites, ...policy.suites].map(({ iana }) => iana);
}

export function offersDhe(policy: TlsPolicy): boolean {
  return policy.suites.some(({ openssl }) => openssl.startsWith('DHE-'));
}

/** Groups in order, joined as OpenSSL takes them; it knows P-256 and P-384 by these names. */
export function opensslGroups(policy: TlsPolicy): string {
  return policy.groups.join(':');
}
