import { suiteNumbers } from '../hello/suite-numbers.ts';
import type { Probe } from '../probe.ts';

/** Which of the policy's suites it takes, each alone. */
export const singleSuites: Probe = {
  id: 'single-suites',
  title: "Which of the policy's suites it takes, each alone",
  kind: 'negative',
  isNeeded: ({ seen }) => seen.hellos.some(({ outcome, probe }) => probe === 'hello' && outcome !== 'unreachable'),
  run: async ({ options, budget, seen, hello }) => {
    for (const { iana } of options.target.policy.suites) {
      const heard = await hello(`suite:${iana}`, { suites: suiteNumbers([iana]) });
      if (heard === null) return;
      seen.hellos.push(heard);
      if (heard.outcome === 'reset' || heard.outcome === 'timeout' || heard.outcome === 'unreachable')
        return budget.alarm();
    }
  },
};
