/** Form of every extension that has a reader here, critical or not (RFC 5280 §4.2): malformed ones refuse the certificate. */
import { X509Error } from '../x509-error.ts';
import { showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { judgedCertificates } from './prospective-path.ts';

export const extensionForms: PathRule = {
  code: 'X509_EXTENSION_FORMS',
  section: 'RFC 5280 §4.2',
  passed: 'Every extension that is known here is well formed.',
  check(path, findings) {
    for (const [index, certificate] of judgedCertificates(path).entries()) {
      for (const extension of certificate.extensions.list) {
        try {
          certificate.extensions.readForm(extension);
        } catch (error) {
          if (!(error instanceof X509Error)) throw error;
          findings.fail(
            error.code === 'X509_NAME_EMBEDDED_NUL' ? error.code : 'X509_EXTENSION_MALFORMED',
            index,
            `An extension of ${showSubject(certificate)} is malformed: ${error.reason}.`,
            {
              extension: extension.type,
              cause: error.code,
              position: error.position,
            },
          );
        }
      }
    }
  },
};
