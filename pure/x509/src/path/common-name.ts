/** A common name of an end entity repeats one of its alternative names (Baseline Requirements 7.1.4.3). */
import { attributeTypes } from '../name/distinguished-name.ts';
import { parseAddress } from '../name/address.ts';
import { equalBytes } from '../hexadecimal.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';

export const commonName: PathRule = {
  code: 'X509_COMMON_NAME',
  section: 'CA/B Baseline Requirements 7.1.4.3',
  passed: 'The common name of the end entity is among its alternative names.',
  check(path, findings) {
    const endEntity = path.certificates[0];
    // Rules of server certificates; a client certificate names persons and machines as it likes.
    if (endEntity === undefined || !path.policy.rules.commonNameAmongAlternativeNames || path.purpose !== 'serverAuth')
      return;
    const names = endEntity.extensions.subjectAltName ?? [];
    for (const text of endEntity.subject.textsOf(attributeTypes.commonName)) {
      const address = parseAddress(text);
      const found = names.some((name) =>
        name.kind === 'dns'
          ? name.value.toLowerCase() === text.toLowerCase()
          : name.kind === 'ip' && address !== null && equalBytes(name.value, address),
      );
      if (!found)
        findings.fail(
          'X509_COMMON_NAME_ELSEWHERE',
          0,
          `The common name of ${showSubject(endEntity)} is not among its alternative names.`,
          { commonName: text.slice(0, 300) },
        );
    }
  },
};
