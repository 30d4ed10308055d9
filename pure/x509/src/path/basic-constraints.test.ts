import { basicConstraints, keyUsage } from '../../vectors/certificate-author.ts';
import { none } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const type = '2.5.29.19';

describeRule('basicConstraints (RFC 5280 §4.2.1.9)', [
  { sentence: 'accepts an intermediate that is a CA', codes: [] },
  {
    sentence: 'refuses an intermediate without them',
    intermediate: { drop: [type] },
    codes: ['X509_BASIC_CONSTRAINTS_MISSING', 'X509_KEY_USAGE_WITHOUT_CA'],
  },
  {
    sentence: 'refuses an intermediate that is no CA',
    intermediate: { set: [basicConstraints(false)] },
    codes: ['X509_NOT_A_CA', 'X509_KEY_USAGE_WITHOUT_CA'],
  },
  {
    sentence: 'refuses an intermediate of version 1',
    intermediate: { version: none, extensionBytes: none },
    codes: ['X509_BASIC_CONSTRAINTS_MISSING', 'X509_VERSION_OLD'],
  },
  {
    sentence: 'refuses them not critical in a CA',
    intermediate: { set: [basicConstraints(true, 0, false)] },
    codes: ['X509_BASIC_CONSTRAINTS_NOT_CRITICAL'],
  },
  {
    sentence: 'lets them pass not critical where the rule is off',
    intermediate: { set: [basicConstraints(true, 0, false)] },
    policy: { rules: { criticalBasicConstraints: false } },
    codes: [],
  },
  {
    sentence: 'refuses a CA as end entity under webpki',
    endEntity: { set: [basicConstraints(true)], drop: ['2.5.29.14'] },
    policy: { rules: { keyIdentifiers: false } },
    codes: ['X509_END_ENTITY_IS_CA'],
  },
  {
    sentence: 'accepts a CA as end entity under rfc5280',
    endEntity: { set: [basicConstraints(true), keyUsage(0, 5)] },
    profile: 'rfc5280',
    policy: { rules: { keyIdentifiers: false } },
    codes: [],
  },
  {
    sentence: 'lets an anchor that is no CA issue nothing',
    root: { set: [basicConstraints(false)] },
    codes: ['X509_NOT_A_CA'],
  },
  {
    sentence: 'refuses a path length without cA',
    endEntity: { set: [basicConstraints(false, 0)] },
    codes: ['X509_PATH_LENGTH_WITHOUT_CA'],
  },
]);
