/** A change that makes terms stricter is shown before it is made: whom would it refuse today? */
import { termsHash, weakens, type Terms } from '@sallyport/terms';
import type { Connection, Scope } from '@sallyport/store';
import type { ApiContext } from '../api-context.ts';
import { ApiProblem } from '../api-problem.ts';
import { askReplay, type ReplayedChange } from './ask-replay.ts';

/**
 * Throws `replay-refuses` where the connection is in use and the new terms would refuse the chain that it is shown today,
 * unless `replayedSha256` is their hash: then somebody has seen it and wants them all the same.
 */
export async function showRefusalsFirst(
  context: ApiContext,
  scope: Scope,
  before: Connection,
  terms: Terms,
  replayedSha256: string | null,
): Promise<void> {
  if (!['active', 'failing', 'paused'].includes(before.state) || replayedSha256 === termsHash(terms)) return;
  const change = changeOf(before.terms, terms);
  // What would weaken when it is taken back is stricter now.
  if (change === null || weakens({ ...before.terms, ...change }, before.terms).length === 0) return;
  const { refused } = await askReplay(context, scope, [before], change);
  const [first] = refused;
  if (first === undefined) return;
  throw new ApiProblem('replay-refuses', {
    detail: `Under these terms the chain that ${before.host} showed on ${first.seenAt} would be refused: ${first.message} Send the hash as replayedSha256 to take them all the same.`,
    actor: first.actor,
    seen: { refused, termsSha256: termsHash(terms) },
  });
}

/** The members about chains that differ; null where none does. */
function changeOf(before: Terms, after: Terms): ReplayedChange | null {
  const { revocation, revocationRules = {}, tlsPolicy, anchors } = after;
  const isOther = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
  const change: ReplayedChange = {
    ...(revocation === before.revocation ? {} : { revocation }),
    ...(isOther(revocationRules, before.revocationRules ?? {}) ? { revocationRules } : {}),
    ...(tlsPolicy === before.tlsPolicy ? {} : { tlsPolicy }),
    ...(isOther(anchors, before.anchors) ? { anchors } : {}),
  };
  return Object.keys(change).length === 0 ? null : change;
}
