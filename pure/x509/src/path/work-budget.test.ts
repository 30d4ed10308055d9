import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alternativeNames, generalName, nameConstraints } from '../../vectors/certificate-author.ts';
import { failingCodes, hostName, reportOn, writeChain } from '../../vectors/chain-author.ts';
import type { Budget } from '../validation-policy.ts';

/** Three names under two constraints of their kind, and one of another kind that is compared with nothing. */
const chain = writeChain({
  intermediate: {
    set: [nameConstraints([generalName.dns('example.com'), generalName.dns('example.org')])],
  },
  endEntity: {
    set: [
      alternativeNames(
        ...[hostName, 'a.example.com', 'b.example.org'].map(generalName.dns),
        generalName.email('a@example.com'),
      ),
    ],
  },
});

/** What the chain costs, found by hand. */
const cost = { signatureUnits: 2, buildingSteps: 3, judgedPaths: 1, nameComparisons: 6 } as const;

describe('the work budget', () => {
  for (const [limit, needed] of Object.entries(cost)) {
    const ask = (budget: Partial<Budget>) => reportOn(chain, { policy: { budget } });
    it(`is enough with as many ${limit} as the chain needs`, () => {
      assert.deepEqual(failingCodes(ask({ [limit]: needed })), []);
    });
    it(`is exhausted with one fewer, and says that it was ${limit}`, () => {
      const report = ask({ [limit]: needed - 1 });
      assert.equal(report.accepted, false);
      assert.deepEqual(
        report.entries.filter(({ code }) => code === 'X509_BUDGET_EXHAUSTED').map(({ evidence }) => evidence.limit),
        [limit],
      );
    });
  }
});
