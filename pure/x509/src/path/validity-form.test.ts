import { describeRule } from '../../vectors/rule-table.ts';
import { ascii, element, time } from '../../vectors/der-writer.ts';

const early = element(0x18, ascii('20260101000000Z'));

describeRule('form of dates (RFC 5280 §4.1.2.5)', [
  { sentence: 'accepts UTCTime through 2049', endEntity: { notAfter: time('2049-12-31T23:59:59Z') }, codes: [] },
  {
    sentence: 'accepts GeneralizedTime from 2050 on',
    endEntity: { notAfter: time('2050-01-01T00:00:00Z') },
    codes: [],
  },
  { sentence: 'accepts the year 9999', endEntity: { notAfter: time('9999-12-31T23:59:59Z') }, codes: [] },
  {
    sentence: 'refuses GeneralizedTime before 2050',
    endEntity: { notBefore: early },
    codes: ['X509_VALIDITY_FORM_WRONG'],
  },
  {
    sentence: 'lets GeneralizedTime before 2050 pass where the rule is off',
    endEntity: { notBefore: early },
    policy: { rules: { validityForm: false } },
    codes: [],
  },
  {
    sentence: 'refuses a period that ends before it begins, and tells both faults',
    endEntity: { notBefore: time('2026-06-20T00:00:00Z'), notAfter: time('2026-06-10T00:00:00Z') },
    codes: ['X509_NOT_YET_VALID', 'X509_EXPIRED', 'X509_VALIDITY_ORDER'],
  },
]);
