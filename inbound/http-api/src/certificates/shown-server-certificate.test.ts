import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { adviceFor } from './shown-server-certificate.ts';

const shown = { madeHere: false, daysLeft: 60, isShownNow: true, checks: null, findings: [] };
const blocking = {
  topic: 'purpose',
  code: 'no-server-auth',
  severity: 'blocks',
  message: 'It is not for servers.',
  actor: 'certificate-authority',
  from: null,
  source: null,
  sourceDate: null,
} as const;

describe('what is to be done about the web tier’s certificate', () => {
  for (const [sentence, members, lifeDays, code] of [
    ['is nothing while it lasts', {}, 90, 'nothing'],
    ['is to replace it in the last 30 days', { daysLeft: 29 }, 365, 'replace-soon'],
    ['is to replace one of 47 days in the last third of its life', { daysLeft: 15 }, 47, 'replace-soon'],
    ['is nothing before that', { daysLeft: 17 }, 47, 'nothing'],
    ['is to replace it at once when it has ended', { daysLeft: -1 }, 90, 'replace-now'],
    ['is what blocks', { findings: [blocking] }, 90, 'see-findings'],
    ['is nothing where another is shown', { isShownNow: false, daysLeft: -1 }, 90, 'nothing'],
    ['is to give one where it was made here', { madeHere: true, daysLeft: 3 }, 365, 'give-a-certificate'],
  ] as const)
    it(sentence, () => {
      const advice = adviceFor(
        { ...shown, ...members, findings: [...('findings' in members ? members.findings : [])] },
        lifeDays,
      );
      assert.equal(advice.code, code);
      assert.equal(advice.actor === null, code === 'nothing', 'who must act');
    });

  it('is told by whom, where the authority must act', () =>
    assert.equal(adviceFor({ ...shown, findings: [blocking] }, 90).actor, 'certificate-authority'));
});
