import { integer } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const long = (octets: number) => integer(1, ...Array.from({ length: octets - 1 }, () => 7));
const off = { rules: { positiveSerialNumber: false } };

describeRule('serial numbers (RFC 5280 §4.1.2.2)', [
  { sentence: 'accepts 20 octets', endEntity: { serial: long(20) }, codes: [] },
  { sentence: 'refuses 21 octets', endEntity: { serial: long(21) }, codes: ['X509_SERIAL_NUMBER_TOO_LONG'] },
  { sentence: 'refuses zero', endEntity: { serial: integer(0) }, codes: ['X509_SERIAL_NUMBER_ZERO'] },
  {
    sentence: 'refuses a negative number',
    intermediate: { serial: integer(0x80) },
    codes: ['X509_SERIAL_NUMBER_NEGATIVE'],
  },
  {
    sentence: 'lets all of them pass where the rule is off',
    endEntity: { serial: integer(0) },
    intermediate: { serial: long(21) },
    policy: off,
    codes: [],
  },
  { sentence: 'lets a root with zero be an anchor', root: { serial: integer(0) }, codes: [] },
]);
