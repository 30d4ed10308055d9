import { extendedKeyUsage, keyUsage } from '../../vectors/certificate-author.ts';
import { clientAuth } from '../../vectors/chain-author.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const type = '2.5.29.15';
const client = { purpose: 'clientAuth' as const, name: null };

describeRule('keyUsage (RFC 5280 §4.2.1.3)', [
  { sentence: 'accepts an intermediate without keyUsage', intermediate: { drop: [type] }, codes: [] },
  {
    sentence: 'refuses an intermediate without keyCertSign',
    intermediate: { set: [keyUsage(6)] },
    codes: ['X509_KEY_USAGE_NO_CERT_SIGN'],
  },
  {
    sentence: 'refuses keyCertSign in an end entity',
    endEntity: { set: [keyUsage(0, 5)] },
    codes: ['X509_KEY_USAGE_WITHOUT_CA'],
  },
  {
    sentence: 'accepts keyCertSign in an end entity where the rule is off',
    endEntity: { set: [keyUsage(0, 5)] },
    policy: { rules: { certSignOnlyWithAuthority: false } },
    codes: [],
  },
  { sentence: 'accepts keyEncipherment for a server', endEntity: { set: [keyUsage(2)] }, codes: [] },
  {
    sentence: 'refuses a server key that is for cRLSign only',
    endEntity: { set: [keyUsage(6)] },
    codes: ['X509_KEY_USAGE_UNFIT'],
  },
  {
    sentence: 'refuses a client key that cannot sign',
    endEntity: { set: [keyUsage(2), extendedKeyUsage(clientAuth)] },
    input: client,
    codes: ['X509_KEY_USAGE_UNFIT'],
  },
  {
    sentence: 'accepts a client key that signs',
    endEntity: { set: [keyUsage(0), extendedKeyUsage(clientAuth)] },
    input: client,
    codes: [],
  },
]);
