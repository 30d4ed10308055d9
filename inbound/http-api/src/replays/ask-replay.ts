/** Asks connectors of every egress group to judge stored chains under a change, and joins what they say. */
import { replayAnswer, type ReplayAnswer } from '@sallyport/console-api';
import { askCall, operatorId, type Connection, type Scope } from '@sallyport/store';
import type { Terms } from '@sallyport/terms';
import type { ApiContext } from '../api-context.ts';
import { ApiProblem } from '../api-problem.ts';

/** What a change may be of; the rest of the terms says nothing about chains. */
export type ReplayedChange = Partial<Pick<Terms, 'revocation' | 'revocationRules' | 'tlsPolicy' | 'anchors'>>;

/** Thousands of chains take some seconds (milliseconds). */
const timeoutMilliseconds = 60_000;

/** Throws `call-timed-out` where a group's connectors do not answer: nobody knows then whom the change would refuse. */
export async function askReplay(
  { store, calls, callTimeoutMilliseconds }: ApiContext,
  scope: Scope,
  connections: readonly Connection[],
  change: ReplayedChange,
): Promise<ReplayAnswer> {
  const byGroup = Map.groupBy(connections, ({ terms }) => terms.egressGroup);
  const answers = await Promise.all(
    [...byGroup].map(async ([egressGroup, members]) => {
      const id = await askCall(store, scope, {
        customerId: operatorId,
        connectionId: null,
        egressGroup,
        kind: 'replay',
        parameters: { change, connectionIds: members.map(({ id: connectionId }) => connectionId) },
        timeoutMilliseconds: members.length === 1 ? callTimeoutMilliseconds : timeoutMilliseconds,
      });
      const call = await calls.wait(scope, id);
      const answer = call?.state === 'answered' ? replayAnswer.safeParse(call.answer) : null;
      if (answer?.success === true) return answer.data;
      throw new ApiProblem(answer === null ? 'call-timed-out' : 'call-failed', {
        detail: `No connector of the egress group '${egressGroup}' could say whom this change would refuse.`,
        actor: 'operator',
        seen: { callId: id },
      });
    }),
  );
  return {
    judged: answers.reduce((sum, { judged }) => sum + judged, 0),
    refused: answers.flatMap(({ refused }) => refused),
    notJudged: answers.flatMap(({ notJudged }) => notJudged),
  };
}
