/** Tables of cases for a rule: a sentence, what is changed in a right chain, what is asked, and the codes that must fail. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failingCodes, reportOn, writeChain } from './chain-author.ts';
import type { ChainChanges, Question } from './chain-author.ts';

export interface RuleCase extends ChainChanges, Question {
  readonly sentence: string;
  /** Empty: the chain is accepted. */
  readonly codes: readonly string[];
}

export function describeRule(name: string, cases: readonly RuleCase[]): void {
  describe(name, () => {
    for (const { sentence, codes, root, intermediate, endEntity, ...question } of cases) {
      it(sentence, () => {
        const changes = {
          ...(root && { root }),
          ...(intermediate && { intermediate }),
          ...(endEntity && { endEntity }),
        };
        const report = reportOn(writeChain(changes), question);
        assert.deepEqual(failingCodes(report), codes);
        assert.equal(report.accepted, codes.length === 0);
        assert.equal(report.verifiedPath !== null, report.accepted);
      });
    }
  });
}
