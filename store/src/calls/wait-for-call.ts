import type { Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { callChannels, findCall, type InteractiveCall } from './interactive-calls.ts';
import { subscribe } from './notifications.ts';

/** Waits for many calls on one listening connection. */
export interface CallWaiter {
  /** The call when it has ended, or as it stands when its deadline has passed; null when there is no such call. */
  wait(scope: Scope, id: string): Promise<InteractiveCall | null>;
  close(): Promise<void>;
}

/** What is left to write once the deadline has passed; after that the row is read as it stands. */
const graceMilliseconds = 250;

export function openCallWaiter(store: Store): CallWaiter {
  const waiting = new Map<string, Set<() => void>>();
  const notifications = subscribe(store, callChannels.ended, (id) => {
    for (const [waited, looks] of waiting) if (id === null || id === waited) for (const look of looks) look();
  });
  return {
    wait: (scope, id) =>
      new Promise((resolve, reject) => {
        let timer: NodeJS.Timeout | undefined;
        let looking = false;
        let lookAgain = false;
        let settled = false;
        const settle = (finish: () => void): void => {
          if (settled) return;
          settled = true;
          clearTimeout(timer);
          const looks = waiting.get(id);
          looks?.delete(look);
          if (looks?.size === 0) waiting.delete(id);
          finish();
        };
        const look = (): void => {
          if (looking) {
            lookAgain = true;
            return;
          }
          looking = true;
          findCall(store, scope, id).then(
            (call) => {
              looking = false;
              if (call === null || call.state === 'answered' || call.state === 'timed-out')
                return settle(() => resolve(call));
              const left = call.deadline.getTime() + graceMilliseconds - Date.now();
              if (left <= 0) return settle(() => resolve({ ...call, state: 'timed-out' }));
              timer ??= setTimeout(look, left);
              if (lookAgain) {
                lookAgain = false;
                look();
              }
            },
            (error: unknown) => settle(() => reject(error as Error)),
          );
        };
        const looks = waiting.get(id) ?? new Set();
        looks.add(look);
        waiting.set(id, looks);
        look();
      }),
    close: () => notifications.close(),
  };
}
