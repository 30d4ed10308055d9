/** The last check of a path: whatever the rules let through, no path is accepted without an anchor and valid signatures. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeChain } from '../../vectors/chain-author.ts';
import { anchorFromCertificate, readCertificate, utcInstant, validationPolicy } from '../index.ts';
import type { FoundPath } from './build-path.ts';
import { PathJudge } from './path-judge.ts';
import type { JudgedPath } from './path-judge.ts';
import type { PathRule } from './path-rule.ts';
import type { Link } from './prospective-path.ts';
import { BudgetExhausted, WorkBudget } from './work-budget.ts';

const chain = writeChain();
const failing: PathRule = {
  code: 'X509_SOMETHING',
  section: 'RFC 5280',
  passed: 'It passed.',
  check: (_, findings) => {
    findings.fail('X509_SOMETHING_WRONG', 0, 'It is wrong.');
  },
};

function judgeBy(
  rules: readonly PathRule[],
  lastWord: (path: JudgedPath) => JudgedPath = (path) => path,
  judgedPaths = 10,
): PathJudge {
  const policy = validationPolicy('webpki', { budget: { judgedPaths } });
  return new PathJudge(
    rules,
    {
      at: utcInstant('2026-06-15T12:00:00Z'),
      purpose: 'serverAuth',
      name: null,
      policy,
      budget: new WorkBudget(policy.budget),
    },
    lastWord,
  );
}

const complete = (found: Partial<FoundPath> = {}): FoundPath => ({
  certificates: [readCertificate(chain.endEntity), readCertificate(chain.intermediate)],
  links: ['valid', 'valid'],
  anchor: anchorFromCertificate(readCertificate(chain.root)),
  obstacle: null,
  ...found,
});

/** Whether a path is accepted, and whether the last word was asked for. */
function judged(found: Partial<FoundPath>, rules: readonly PathRule[] = [], lastFailures = 0) {
  let asked = 0;
  const judge = judgeBy(rules, (path) => {
    asked++;
    assert.equal(path.revocationJudged, false);
    return { ...path, failures: path.failures + lastFailures };
  });
  const accepted = judge.judge(complete(found));
  assert.equal(judge.accepted !== null, accepted);
  assert.equal(judge.nearest === null, accepted);
  return { accepted, asked };
}

describe('a path to which no rule objects', () => {
  it('is accepted where it has an anchor and every signature is valid, and the last word is asked for once', () => {
    assert.deepEqual(judged({}), { accepted: true, asked: 1 });
  });
  it('is not accepted without an anchor, and nothing more is asked', () => {
    assert.deepEqual(judged({ anchor: null, obstacle: 'no-issuer' }), { accepted: false, asked: 0 });
  });
  for (const link of ['invalid', 'not-checked', 'key-refused', 'key-unfit'] satisfies Link[])
    it(`is not accepted with a signature that is ${link}, wherever it stands`, () => {
      for (const links of [[link, 'valid'], ['valid', link], [link]] satisfies Link[][])
        assert.deepEqual(judged({ links }), { accepted: false, asked: 0 });
    });
  it('is not accepted against the last word', () => {
    assert.deepEqual(judged({}, [], 1), { accepted: false, asked: 1 });
  });
});

describe('a path to which a rule objects', () => {
  it('is not accepted, and nothing more is asked', () => {
    assert.deepEqual(judged({}, [failing]), { accepted: false, asked: 0 });
  });
});

describe('paths that failed', () => {
  const endless = { anchor: null, obstacle: 'no-issuer' } as const;
  it('are shown with what failed, without what did not', () => {
    const rule: PathRule = {
      ...failing,
      check: (path, findings) => {
        findings.add('X509_NOT_ASKED', 'not-applicable', null, 'Nobody asked.');
        failing.check(path, findings);
      },
    };
    const judge = judgeBy([rule]);
    judge.judge(complete());
    assert.deepEqual(
      judge.candidates.map(({ failures }) => failures.map(({ code }) => code)),
      [['X509_SOMETHING_WRONG']],
    );
  });
  it('are as near as what failed says, whatever else was said', () => {
    const talkative: PathRule = {
      ...failing,
      check: (path, findings) => {
        if (path.anchor !== null)
          for (let times = 0; times < 5; times++)
            findings.add('X509_NOT_ASKED', 'not-applicable', null, 'Nobody asked.');
        failing.check(path, findings);
      },
    };
    const judge = judgeBy([talkative]);
    for (const found of [complete(), complete(endless)]) judge.judge(found);
    assert.notEqual(judge.nearest?.path.anchor ?? null, null, 'the first of two that are as near');
    const [first, second] = judge.candidates;
    assert.equal(first?.severity, second?.severity);
  });
  it('reached an anchor where one of them did', () => {
    const judge = judgeBy([failing]);
    assert.equal(judge.reachedAnchor, false);
    judge.judge(complete(endless));
    assert.equal(judge.reachedAnchor, false);
    judge.judge(complete());
    assert.equal(judge.reachedAnchor, true);
  });
  it('are counted', () => {
    const judge = judgeBy([failing], undefined, 2);
    judge.judge(complete());
    judge.judge(complete());
    assert.throws(() => judge.judge(complete()), BudgetExhausted);
  });
});
