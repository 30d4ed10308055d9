import { describeRule } from '../../vectors/rule-table.ts';
import { time } from '../../vectors/der-writer.ts';

describeRule('validity period (RFC 5280 §4.1.2.5)', [
  { sentence: 'accepts the first second of the period', at: '2026-01-01T00:00:00Z', codes: [] },
  { sentence: 'accepts the last second of the period to its end', at: '2026-12-31T23:59:59.999Z', codes: [] },
  { sentence: 'refuses one second before notBefore', at: '2025-12-31T23:59:59Z', codes: ['X509_NOT_YET_VALID'] },
  { sentence: 'refuses one second after notAfter', at: '2027-01-01T00:00:00Z', codes: ['X509_EXPIRED'] },
  {
    sentence: 'refuses an intermediate that expired before the end entity',
    intermediate: { notAfter: time('2026-03-01T00:00:00Z') },
    codes: ['X509_EXPIRED'],
  },
  { sentence: 'does not ask for the dates of an anchor', root: { notAfter: time('2026-01-02T00:00:00Z') }, codes: [] },
  {
    sentence: 'asks for the dates of an anchor where policy judges it',
    root: { notAfter: time('2026-01-02T00:00:00Z') },
    policy: { rules: { judgeAnchorCertificate: true } },
    codes: ['X509_EXPIRED'],
  },
]);
