/** What certificates say of themselves is harmless where it is shown. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commonName } from '../../vectors/certificate-author.ts';
import { reportOn, writeChain } from '../../vectors/chain-author.ts';

describe('the text of a certificate', () => {
  it('writes no control characters into a report: neither sentence nor evidence', () => {
    const subject = commonName('evil\n\u001b[2Jname');
    const report = reportOn(writeChain({ endEntity: { subject } }));
    const entry = report.entries.find(({ code }) => code === 'X509_COMMON_NAME_ELSEWHERE');
    assert.ok(entry);
    for (const text of [entry.message, entry.evidence.commonName]) {
      assert.match(String(text), /evil.*name/);
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(String(text), /[\u0000-\u001f\u007f]/);
    }
    const plain = reportOn(writeChain({ endEntity: { subject: commonName('elsewhere') } }));
    const told = plain.entries.find(({ code }) => code === 'X509_COMMON_NAME_ELSEWHERE');
    assert.equal(told?.evidence.commonName, 'elsewhere');
  });
});
