/** What a change of terms gives up. Terms that weaken take effect only when the customer's approver has approved them. */
import { sameAnchors } from './same-anchors.ts';
import { weakerRevocationRules } from './revocation-terms.ts';
import type { Terms } from './terms.ts';
import { swapWeakenings } from './swap-terms.ts';
import { proxyWeakenings } from './terms-proxy.ts';

const revocationStrength = { off: 0, soft: 1, hard: 2 } as const;

/**
 * One sentence for each point in which `after` is weaker than `before`; empty when it is nowhere weaker. Another
 * address, account or trust anchor counts as weaker: it opens something that was not approved.
 */
export function weakens(before: Terms, after: Terms): string[] {
  const sentences: string[] = [];
  const when = (weaker: boolean, sentence: string): void => {
    if (weaker) sentences.push(sentence);
  };
  when(before.baseUrl !== after.baseUrl, `Connectors would call ${after.baseUrl} instead of ${before.baseUrl}.`);
  when(
    before.egressGroup !== after.egressGroup,
    `Calls would leave from the group '${after.egressGroup}' instead of '${before.egressGroup}'.`,
  );
  when(
    before.tlsPolicy !== 'tls12-six' && after.tlsPolicy === 'tls12-six',
    'Two suites with finite-field Diffie-Hellman would be allowed.',
  );
  when(
    before.tlsPolicy !== 'tls13' && after.tlsPolicy === 'tls13',
    'TLS 1.3 would be negotiated where the far side offers it, besides TLS 1.2.',
  );
  when(
    before.tls13ClientCertificate === undefined && after.tls13ClientCertificate !== undefined,
    `Our client certificate would be used with TLS 1.3: ${after.tls13ClientCertificate?.reason ?? ''}`,
  );
  when(
    !sameAnchors(before.anchors, after.anchors),
    after.anchors.kind === 'public'
      ? 'Every public certificate authority would be trusted instead of the agreed one.'
      : 'Other certificate authorities would be trusted.',
  );
  when(
    revocationStrength[after.revocation] < revocationStrength[before.revocation],
    `Revocation would be checked '${after.revocation}' instead of '${before.revocation}'.`,
  );
  sentences.push(...weakerRevocationRules(before, after));
  when(
    before.clientCertificate.required && !after.clientCertificate.required,
    'No client certificate would be presented.',
  );
  when(
    before.authenticationKind === 'pat' && after.authenticationKind === 'basic',
    'A password would be sent instead of a token.',
  );
  when(
    before.accountName !== after.accountName,
    after.accountName === null
      ? 'Any account would be accepted.'
      : `Jira would be read as '${after.accountName}' instead of '${before.accountName ?? 'any account'}'.`,
  );
  when(!before.allowPrivate && after.allowPrivate, 'Private and loopback addresses could be dialled.');
  sentences.push(...proxyWeakenings(before.proxy, after.proxy));
  sentences.push(...swapWeakenings(before.swaps, after.swaps));
  when(
    before.probes !== 'negative' && after.probes === 'negative',
    'Connections that Jira’s enforcer must refuse would be tried, to prove that it does.',
  );
  const added = (kind: string, old: readonly string[], now: readonly string[]): void => {
    const more = now.filter((item) => !old.includes(item));
    when(more.length > 0, `More ${kind}: ${more.join(', ')}.`);
  };
  added('REST paths', before.restPaths, after.restPaths);
  added('projects', before.projectKeys, after.projectKeys);
  added('fields', before.fields, after.fields);
  when(longer(before.retention.issueDays, after.retention.issueDays), 'Issues would be kept longer.');
  when(
    longer(after.retention.handshakeDays, before.retention.handshakeDays),
    'Evidence of handshakes would be kept for a shorter time.',
  );
  return sentences;
}

/** True if `after` is a longer time than `before`; null is without end. */
function longer(before: number | null, after: number | null): boolean {
  return before !== null && (after === null || after > before);
}
