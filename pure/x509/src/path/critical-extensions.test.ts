import { hex } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const unknown = (critical: boolean) => ({ type: '1.2.3.4.5', critical, value: hex('0500') });

describeRule('critical extensions (RFC 5280 §4.2)', [
  { sentence: 'lets an unknown extension pass that is not critical', endEntity: { set: [unknown(false)] }, codes: [] },
  {
    sentence: 'refuses an unknown critical extension of the end entity',
    endEntity: { set: [unknown(true)] },
    codes: ['X509_CRITICAL_EXTENSION_UNKNOWN'],
  },
  {
    sentence: 'refuses an unknown critical extension of an intermediate',
    intermediate: { set: [unknown(true)] },
    codes: ['X509_CRITICAL_EXTENSION_UNKNOWN'],
  },
  { sentence: 'does not look at the extensions of an anchor', root: { set: [unknown(true)] }, codes: [] },
  {
    sentence: 'refuses them in an anchor that policy judges',
    root: { set: [unknown(true)] },
    policy: { rules: { judgeAnchorCertificate: true } },
    codes: ['X509_CRITICAL_EXTENSION_UNKNOWN'],
  },
  {
    sentence: 'refuses a precertificate',
    endEntity: { set: [{ type: '1.3.6.1.4.1.11129.2.4.3', critical: true, value: hex('0500') }] },
    codes: ['X509_CRITICAL_EXTENSION_UNKNOWN', 'X509_PRECERTIFICATE'],
  },
]);
