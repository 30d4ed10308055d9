/**
 * Interactive calls: a person waits for each. They have database connections and turns of their own, so that no job
 * makes one wait; each is tried once, and what comes after its deadline is dropped.
 */
import {
  answerCall,
  callChannels,
  claimCall,
  expireCalls,
  housekeepingScope,
  jobScope,
  subscribe,
  type HandshakeRecord,
  type InteractiveCall,
} from '@sallyport/store';
import type { Connector } from '../connector.ts';
import { errorFields } from '../log.ts';
import { repeat } from '../repeat.ts';
import { answerCheck } from './check-call.ts';
import { answerDoctor } from './doctor-call.ts';
import { answerReplay } from './replay-call.ts';
import { answerSandboxFault } from './sandbox-fault-call.ts';

export interface CallRunner {
  /** Takes no more and waits for those under way. */
  stop(): Promise<void>;
}

/** Calls at once. */
const reserved = 4;
const expireMilliseconds = 1_000;

export function runCalls(connector: Connector): CallRunner {
  const { callStore, connectorId, egressGroup, log } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  const running = new Set<Promise<void>>();
  let stopped = false;
  let taking = false;
  let askedMeanwhile = false;

  const take = async (): Promise<void> => {
    if (taking) {
      askedMeanwhile = true;
      return;
    }
    taking = true;
    try {
      do {
        askedMeanwhile = false;
        while (!stopped && running.size < reserved) {
          const call = await connector.courtesy.during(claimCall(callStore, scope, { connectorId, egressGroup }));
          if (call === null) break;
          const answered = connector.courtesy.during(answer(connector, call)).finally(() => {
            running.delete(answered);
            void take();
          });
          running.add(answered);
        }
      } while (askedMeanwhile && !stopped && running.size < reserved);
    } catch (error) {
      // The backstop looks again in a second.
      log.warn({ event: 'calls.not-taken', ...errorFields(error) });
    } finally {
      taking = false;
    }
  };

  // Each notification only says: look. It may have been for another group, or another connector was quicker.
  const notifications = subscribe(callStore, callChannels.asked, () => void take());
  const expiry = repeat(
    expireMilliseconds,
    async () => void (await expireCalls(callStore, scope)),
    (error) => log.warn({ event: 'calls.not-expired', ...errorFields(error) }),
  );
  return {
    stop: async () => {
      stopped = true;
      await Promise.all([notifications.close(), expiry.stop()]);
      await Promise.all(running);
    },
  };
}

async function answer(connector: Connector, call: InteractiveCall): Promise<void> {
  const { callStore, connectorId, counters, log } = connector;
  const began = performance.now();
  const abort = AbortSignal.timeout(Math.max(call.deadline.getTime() - Date.now(), 1));
  let given: CallOutcome;
  try {
    given = await answerOf(connector, call, abort);
  } catch (error) {
    log.error({ event: 'call.failed', callId: call.id, kind: call.kind, ...errorFields(error) });
    given = {
      answer: {
        handshakeId: null,
        error: { code: 'internal', message: 'The connector could not do this; its log says why.', actor: 'operator' },
      },
    };
  }
  try {
    const scope = jobScope(connectorId, call.customerId);
    const inTime = await answerCall(callStore, scope, { id: call.id, connectorId, ...given });
    counters.add(inTime ? 'callsAnswered' : 'callsTooLate');
    log.info({
      event: 'call.answered',
      callId: call.id,
      kind: call.kind,
      inTime,
      milliseconds: Math.round(performance.now() - began),
    });
  } catch (error) {
    log.warn({ event: 'call.not-answered', callId: call.id, ...errorFields(error) });
  }
}

interface CallOutcome {
  readonly answer: object;
  /** Evidence that the answer names. */
  readonly handshakes?: readonly HandshakeRecord[];
}

async function answerOf(connector: Connector, call: InteractiveCall, signal: AbortSignal): Promise<CallOutcome> {
  switch (call.kind) {
    case 'check':
      return answerCheck(connector, call, signal);
    case 'doctor':
      return { answer: await answerDoctor(connector, call) };
    case 'replay':
      return { answer: await answerReplay(connector, call, signal) };
    case 'sandbox-fault':
      return { answer: await answerSandboxFault(connector, call) };
  }
}
