/** DNS names of the end entity are in preferred name syntax (RFC 5280 §4.2.1.6, RFC 1034 §3.5); a wildcard is a whole left-most label (RFC 9525 §6.3). */
import { isPreferredDnsName } from '../name/dns-name.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';

export const dnsSyntax: PathRule = {
  code: 'X509_DNS_SYNTAX',
  section: 'RFC 5280 §4.2.1.6',
  passed: 'The DNS names of the end entity are well formed.',
  check(path, findings) {
    const endEntity = path.certificates[0];
    if (endEntity === undefined || !path.policy.rules.preferredDnsSyntax) return;
    for (const name of endEntity.extensions.subjectAltName ?? []) {
      if (name.kind !== 'dns' || isPreferredDnsName(name.value)) continue;
      findings.fail('X509_DNS_NAME_MALFORMED', 0, `${showSubject(endEntity)} bears a DNS name that is none.`, {
        name: name.value.slice(0, 300),
      });
      // One is enough to refuse; ten thousand would only fill the report.
      return;
    }
  },
};
