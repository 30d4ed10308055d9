import type { CertificateFacts } from './certificate-facts.ts';
import type { Facts } from './facts.ts';

/** The first certificate of the chain that has ended, and its place; -1 where none is seen to. */
export function endedIn({ chain, at }: Facts): {
  readonly index: number;
  readonly certificate: CertificateFacts | null;
} {
  const index = chain.findIndex(({ notAfter }) => Date.parse(notAfter) < at);
  return { index, certificate: chain[index] ?? null };
}
