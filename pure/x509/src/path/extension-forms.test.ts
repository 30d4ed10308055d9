import { generalName } from '../../vectors/certificate-author.ts';
import { bytes, objectIdentifier, octets, sequence } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const access = (location: Uint8Array) => ({
  type: '1.3.6.1.5.5.7.1.1',
  value: sequence(sequence(objectIdentifier('1.3.6.1.5.5.7.48.1'), location)),
});
const malformed = ['X509_EXTENSION_MALFORMED'];
const judged = { rules: { judgeAnchorCertificate: true } };

describeRule('form of extensions (RFC 5280 §4.2)', [
  {
    sentence: 'accepts a well-formed one',
    endEntity: { set: [access(generalName.uri('http://ocsp.example'))] },
    codes: [],
  },
  {
    sentence: 'refuses a malformed one of the end entity, critical or not',
    endEntity: { set: [access(bytes(5, 0))] },
    codes: malformed,
  },
  {
    sentence: 'refuses a malformed one of an intermediate',
    intermediate: { set: [access(bytes(5, 0))] },
    codes: malformed,
  },
  { sentence: 'does not look at those of an anchor', root: { set: [access(bytes(5, 0))] }, codes: [] },
  {
    sentence: 'looks at those of an anchor that policy judges',
    root: { set: [access(bytes(5, 0))] },
    policy: judged,
    codes: malformed,
  },
  {
    sentence: 'lets one be that nobody here reads',
    endEntity: { set: [{ type: '1.2.3', value: octets(bytes(1)) }] },
    codes: [],
  },
]);
