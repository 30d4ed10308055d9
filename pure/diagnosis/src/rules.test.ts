import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientCertificateCases } from './cases/client-certificate.ts';
import { httpCases } from './cases/http.ts';
import { good } from './cases/observed.ts';
import { reachingCases } from './cases/reaching.ts';
import { serverChainCases } from './cases/server-chain.ts';
import { diagnose } from './diagnose.ts';
import { rules } from './rules.ts';

const cases = [...reachingCases, ...serverChainCases, ...clientCertificateCases, ...httpCases];

describe('the rules of the doctor', () => {
  it('find nothing where all is well', () => {
    assert.deepEqual(diagnose(good), []);
  });

  it('have a case each', () => {
    assert.deepEqual(cases.map(({ rule }) => rule).toSorted(), rules.map(({ id }) => id).toSorted());
  });

  for (const { rule, actor, fires, nearMiss } of cases) {
    it(`${rule} is the answer to what it describes, and names who must act`, () => {
      const [top] = diagnose(fires);
      assert.ok(top !== undefined);
      assert.deepEqual([top.rule, top.actor], [rule, actor]);
      assert.ok(top.observation.saw.length > 0);
      // Nothing is left to be filled in, and nothing of ours that is none.
      assert.doesNotMatch(
        `${top.cause}${top.whatToDo}${top.textToSend}`.replaceAll('{project}', ''),
        /\{\w+\}|undefined|\[object/,
      );
      assert.match(top.repeatCommand, /^(openssl|curl|getent) /);
    });

    it(`${rule} keeps silent at a near miss`, () => {
      assert.equal(
        diagnose(nearMiss).some((finding) => finding.rule === rule),
        false,
      );
    });
  }
});

describe('a finding', () => {
  it('prints words that can be searched for as they stand, one event each', () => {
    for (const { rule, fires } of cases)
      for (const { farSideLog } of diagnose(fires))
        for (const { product, text } of farSideLog?.texts ?? [])
          assert.doesNotMatch(text, / or (?!supported in)|, \(|\{\w+\}/, `${rule}, ${product}`);
  });

  it('of TLS 1.3 alone is none under a policy that speaks it', () => {
    const fires = cases.find(({ rule }) => rule === 'tls13-only')?.fires ?? good;
    const found = diagnose({ ...fires, target: { ...fires.target, policy: 'tls13' } });
    assert.equal(
      found.some(({ rule, cause }) => rule === 'tls13-only' || /agreed on TLS 1\.2/.test(cause)),
      false,
    );
  });

  it('of TLS 1.3 that nobody accepted does not say that our certificate would leave unjudged', () => {
    const [top] = diagnose(cases.find(({ rule }) => rule === 'newer-version-not-accepted')?.fires ?? good);
    assert.equal(top?.rule, 'newer-version-not-accepted');
    assert.doesNotMatch(top.cause, /before the checks/);
  });

  it('names where and when the far side’s own log speaks of it', () => {
    const [top] = diagnose(
      clientCertificateCases.find(({ rule }) => rule === 'our-authority-not-accepted')?.fires ?? good,
    );
    const log = top?.farSideLog;
    assert.equal(log?.utc, '2026-06-01T12:00:00.123Z');
    assert.equal(log.local, '2026-06-01T14:00:00.123+02:00');
    assert.deepEqual(
      [log.ourAddress, log.ourPort, log.serverName, log.serialSent, log.alertReceived],
      ['198.51.100.7', 40_001, 'jira.example.com', 'beef', 48],
    );
    assert.ok(
      log.texts.some(({ product, text }) => product === 'Tomcat (Java)' && /PKIX path building failed/.test(text)),
    );
    assert.match(top?.textToSend ?? '', /alert 48 \(unknown_ca\)/);
  });
});
