/** What weakens a kit for one connection, in sentences for whoever puts it in place. */
import type { ClientName } from './client-name.ts';
import type { EnforcerFacts } from './enforcer-facts.ts';
import { looksAtRevocation } from './kit-files.ts';
import type { Product } from './product.ts';

const subjectOnly: readonly string[] = ['nginx', 'haproxy'];

export function kitWarnings(product: Product, facts: EnforcerFacts): string[] {
  const warnings: string[] = [];
  const { can, words } = product.abilities.nameMatch;
  if (product.testedWith === null)
    warnings.push('We have not tested this product: the facts below are right, the words of its settings may differ.');
  if (can !== 'yes' && !facts.privateAuthority)
    warnings.push(
      `${product.title} does not match the exact name of a certificate (${words}) With a CA that issues for others too, they may come in: ask the operator for a certificate of a private CA that issues for this purpose only.`,
    );
  if (subjectOnly.includes(product.id)) {
    for (const name of facts.names) warnings.push(...subjectWarnings(product.title, name));
  }
  if (product.testedWith !== null && product.id !== 'tomcat')
    for (const { dnsName, keyCurve } of facts.names)
      if (keyCurve !== null && !facts.policy.groups.includes(keyCurve))
        warnings.push(
          `The key of ${dnsName} is on the curve ${keyCurve}, which the policy's groups do not have: ${product.title} will refuse it by alert 47. Ask the operator for a certificate with RSA or with P-256.`,
        );
  if (facts.authorities.length === 0)
    warnings.push(
      'The CA of the client certificate is not in this kit: put its certificates into the CA file, the root last.',
    );
  else if (!facts.hasRoot)
    warnings.push(
      'The root of the client CA is not in this kit, since no chain brings it: get it from the CA itself and append it to the CA file. Without it every client is refused.',
    );
  if (!looksAtRevocation(facts))
    warnings.push(
      'The certificates of this kit name no CRL (or are not at hand): this configuration does not look at revocation.',
    );
  if (facts.egressAddresses.length === 0)
    warnings.push(
      'Our addresses are not in this kit: ask the operator for them, and let only these through the firewall.',
    );
  return warnings;
}

/** For products that see nothing of a certificate but its subject. */
function subjectWarnings(product: string, { dnsName, inSubject, subject }: ClientName): string[] {
  if (inSubject && subject !== null) return [];
  if (inSubject)
    return [
      `Only the name ${dnsName} is known and not its whole subject: every certificate of the CA with this commonName comes in.`,
    ];
  const seen =
    subject === null || subject === ''
      ? 'which cannot be matched here: nobody will come in'
      : 'which is matched as a whole: another certificate of the same CA may have it too';
  return [
    `${dnsName} is no commonName of its certificate, and ${product} sees only the subject, ${seen}. Ask the operator for a certificate of a private CA, or match names with another product.`,
  ];
}
