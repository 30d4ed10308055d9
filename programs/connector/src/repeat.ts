/** Work that is done again and again with a pause, one at a time, until it is stopped. */
export interface Repetition {
  /** Resolves when the work that runs now has ended; none begins after. */
  stop(): Promise<void>;
}

/** Runs `work` at once and then `pauseMilliseconds` after each end. A failure is told and does not end it. */
export function repeat(
  pauseMilliseconds: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): Repetition {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const turn = (): void => {
    running = work()
      .catch(failed)
      .then(() => {
        if (!stopped) timer = setTimeout(turn, pauseMilliseconds);
      });
  };
  turn();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
