import { replayAnswer, replayRequest } from '@sallyport/console-api';
import { listConnections } from '@sallyport/store';
import type { Routes } from '../api-context.ts';
import { invalidFields } from '../api-problem.ts';
import { anchorFaults, certificatesAlone } from '../connections/new-terms.ts';
import { callerOf } from '../session/caller.ts';
import { askReplay, type ReplayedChange } from './ask-replay.ts';

/** POST /replays: whom would this change refuse? Nothing changes by asking. */
export const replayRoutes: Routes = (api, context) => {
  api.post('/replays', { schema: { body: replayRequest, response: { 200: replayAnswer } } }, async (request) => {
    const { scope } = callerOf(request);
    const { change, connectionIds } = request.body;
    const connections = (await listConnections(context.store, scope)).filter(({ id, state }) =>
      connectionIds === undefined ? ['active', 'failing', 'paused'].includes(state) : connectionIds.includes(id),
    );
    const { anchors } = change;
    // The text lies in the database until it is answered: nothing but certificates may be in it.
    const faults = anchors === undefined ? [] : anchorFaults(anchors, 'change.anchors.pem');
    if (faults.length > 0) throw invalidFields(faults);
    const asked = anchors === undefined ? change : { ...change, anchors: certificatesAlone(anchors) };
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
    return askReplay(context, scope, connections, given as ReplayedChange);
  });
};
