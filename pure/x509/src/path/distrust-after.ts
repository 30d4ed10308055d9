/** Distrust dates of root programmes: an end entity issued after the date is not trusted through that anchor. */
import { formatInstant } from '../instant.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';

export const distrustAfter: PathRule = {
  code: 'X509_DISTRUST_DATE',
  section: 'root programmes of Mozilla, Apple, Google',
  passed: 'The end entity was issued while its trust anchor was trusted for new certificates.',
  check(path, findings) {
    const limit = path.anchor?.distrustAfter ?? null;
    const endEntity = path.certificates[0];
    if (limit !== null && endEntity !== undefined && endEntity.notBefore > limit)
      findings.fail(
        'X509_DISTRUSTED_AFTER',
        0,
        `${showSubject(endEntity)} was issued after its trust anchor ceased to be trusted for new certificates.`,
        {
          notBefore: formatInstant(endEntity.notBefore),
          distrustAfter: formatInstant(limit),
          anchor: path.anchor?.subject.toString() ?? null,
        },
      );
  },
};
