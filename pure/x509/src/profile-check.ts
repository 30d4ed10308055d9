/** The first argument that is checked, and how a fault of any is told. */
import { X509Error } from './x509-error.ts';

const profiles: readonly unknown[] = ['rfc5280', 'webpki'];

/** @throws X509Error `X509_ARGUMENT_INVALID` */
export function checkProfile(profile: unknown): void {
  if (!profiles.includes(profile)) throw invalid('profile', "'rfc5280' or 'webpki'");
}

export function invalid(member: string, wanted: string): X509Error {
  return new X509Error('X509_ARGUMENT_INVALID', 0, `${member} must be ${wanted}`);
}
