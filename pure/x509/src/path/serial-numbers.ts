/** Serial numbers (RFC 5280 §4.1.2.2): positive, at most 20 octets. */
import type { Certificate } from '../certificate.ts';
import type { Evidence } from '../report.ts';
import { positionIn, showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import { judgedCertificates } from './prospective-path.ts';

/** Octets of content; a leading zero of a 20-octet number counts as one, as RFC 5280 leaves open and no authority needs. */
const maximumOctets = 20;

export const serialNumbers: PathRule = {
  code: 'X509_SERIAL_NUMBER',
  section: 'RFC 5280 §4.1.2.2',
  passed: 'Every serial number is positive and not too long.',
  check(path, findings) {
    if (!path.policy.rules.positiveSerialNumber) return;
    for (const [index, certificate] of judgedCertificates(path).entries()) {
      const serial = certificate.serialNumber;
      const first = serial[0] ?? 0;
      if (first >= 0x80)
        findings.fail(
          'X509_SERIAL_NUMBER_NEGATIVE',
          index,
          `The serial number of ${showSubject(certificate)} is negative.`,
          evidenceOf(certificate),
        );
      if (first === 0 && serial.length === 1)
        findings.fail(
          'X509_SERIAL_NUMBER_ZERO',
          index,
          `The serial number of ${showSubject(certificate)} is zero.`,
          evidenceOf(certificate),
        );
      if (serial.length > maximumOctets)
        findings.fail(
          'X509_SERIAL_NUMBER_TOO_LONG',
          index,
          `The serial number of ${showSubject(certificate)} has more than ${maximumOctets} octets.`,
          evidenceOf(certificate),
        );
    }
  },
};

function evidenceOf(certificate: Certificate): Evidence {
  const { serial, serialNumber } = certificate;
  return {
    serial: serial.slice(0, 100),
    octets: serialNumber.length,
    position: positionIn(certificate, serialNumber),
  };
}
