/** A common name of an end entity repeats one of its alternative names, character for character (Baseline Requirements 7.1.4.3). */
import { formatAddress } from '../name/address.ts';
import { attributeTypes } from '../name/distinguished-name.ts';
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
    const allowed = names.map((name) =>
      name.kind === 'dns' ? name.value : name.kind === 'ip' ? formatAddress(name.value) : null,
    );
    for (const text of endEntity.subject.textsOf(attributeTypes.commonName)) {
      if (!allowed.includes(text))
        findings.fail(
          'X509_COMMON_NAME_ELSEWHERE',
          0,
          `The common name of ${showSubject(endEntity)} is not among its alternative names.`,
          { commonName: text.slice(0, 300) },
        );
    }
  },
};
