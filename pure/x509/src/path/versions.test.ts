import { bytes, element, integer, none } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const old = { version: none, extensionBytes: none };
const two = { version: element(0xa0, integer(1)), extensionBytes: none };
const off = { rules: { versionThree: false, extendedKeyUsageRequired: false, commonNameAmongAlternativeNames: false } };

describeRule('versions (Baseline Requirements 7.1.1)', [
  {
    sentence: 'refuses version 1',
    endEntity: old,
    policy: { rules: { ...off.rules, versionThree: true } },
    input: { name: null },
    codes: ['X509_VERSION_OLD'],
  },
  {
    sentence: 'accepts an end entity of version 1 where the rule is off',
    endEntity: old,
    policy: off,
    input: { name: null },
    codes: [],
  },
  {
    sentence: 'accepts an end entity of version 2 where the rule is off',
    endEntity: two,
    policy: off,
    input: { name: null },
    codes: [],
  },
  {
    sentence: 'refuses version 4',
    endEntity: { version: element(0xa0, integer(3)) },
    codes: ['X509_END_ENTITY_UNREADABLE'],
  },
  {
    sentence: 'refuses version 1 written out',
    endEntity: { version: element(0xa0, element(0x02, bytes(0))) },
    codes: ['X509_END_ENTITY_UNREADABLE'],
  },
]);
