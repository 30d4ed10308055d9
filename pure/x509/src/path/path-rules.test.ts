import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failingCodes, reportOn, writeChain } from '../../vectors/chain-author.ts';
import { pathRules } from './path-rules.ts';

/** The report of an accepted path: one entry for each rule, in this order. */
const passed = [
  'X509_VALIDITY_PERIOD',
  'X509_TRUST_ANCHOR',
  'X509_NAME_CHAINING',
  'X509_SIGNATURE',
  'X509_KEY',
  'X509_BASIC_CONSTRAINTS',
  'X509_PATH_LENGTH',
  'X509_KEY_USAGE',
  'X509_EXTENDED_KEY_USAGE',
  'X509_NAME_CONSTRAINTS',
  'X509_POLICIES',
  'X509_CRITICAL_EXTENSIONS',
  'X509_EXTENSION_FORMS',
  'X509_DISTRUST_DATE',
  'X509_NAME',
  'X509_SUBJECT',
  'X509_DNS_SYNTAX',
  'X509_COMMON_NAME',
  'X509_SERIAL_NUMBER',
  'X509_VALIDITY_FORM',
  'X509_VERSION',
  'X509_KEY_IDENTIFIERS',
];

describe("the rules' table", () => {
  it('gives one entry for each rule, in its order, then that about revocation', () => {
    const report = reportOn(writeChain());
    assert.deepEqual(
      report.entries.map(({ code, outcome }) => `${code} ${outcome}`),
      [...passed.map((code) => `${code} pass`), 'X509_REVOCATION_OFF not-applicable'],
    );
    assert.deepEqual(
      pathRules.map(({ code }) => code),
      passed,
    );
  });

  it('says of each rule where it stands and what it passed', () => {
    for (const { section, message, code } of reportOn(writeChain()).entries) {
      assert.match(section, /RFC|Baseline|root programmes/, code);
      assert.match(message, /^[A-Z].*\.$/, code);
    }
  });

  it('shows the name that fits, and says so where none was asked for', () => {
    const named = reportOn(writeChain()).entries.find(({ code }) => code === 'X509_NAME');
    assert.deepEqual(named?.evidence, { required: 'dns:jira.example.com', seen: 'dns:jira.example.com' });
    const report = reportOn(writeChain(), { input: { name: null } });
    assert.equal(report.accepted, true);
    assert.equal(report.entries.find(({ code }) => code === 'X509_NAME_NOT_ASKED')?.outcome, 'not-applicable');
    assert.deepEqual(failingCodes(report), []);
    assert.equal(
      report.entries.find(({ code }) => code === 'X509_NAME'),
      undefined,
    );
  });
});
