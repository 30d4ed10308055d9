/**
 * The queue's runner. Its locks carry the connector's id, so that others know whose jobs to take over. When the
 * database goes away the library's pool ends; it is then started again.
 */
import { EventEmitter } from 'node:events';
import { Logger, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Store } from '@sallyport/store';
import { errorFields, type Log } from './log.ts';

export interface JobRunner {
  stop(): Promise<void>;
}

const restartMilliseconds = 1_000;
const pollMilliseconds = 1_000;

export function runJobs(options: {
  readonly store: Store;
  readonly connectorId: string;
  readonly concurrency: number;
  readonly tasks: TaskList;
  /** Gives free whatever jobs are locked by this connector. */
  readonly releaseLocks: () => Promise<void>;
  readonly log: Log;
}): JobRunner {
  const { connectorId, log } = options;
  let stopping = false;
  let runner: Runner | null = null;
  let wake: () => void = () => undefined;
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => {
    // The library locks jobs under this id and offers no option for it.
    (workerPool as { id: string }).id = `${connectorId}/${workerPool.id}`;
  });
  events.on('job:error', ({ job, error }) => {
    log.warn({
      event: 'job.failed',
      task: job.task_identifier,
      jobId: job.id,
      attempt: job.attempts,
      ...errorFields(error),
    });
  });
  const ended = (async () => {
    while (!stopping) {
      try {
        // What an earlier runner held, of this process or of one that died, nobody else would give free: this connector lives.
        await options.releaseLocks();
        runner = await run({
          pgPool: options.store.pool,
          concurrency: options.concurrency,
          pollInterval: pollMilliseconds,
          noHandleSignals: true,
          // By itself the library awaits nobody's word that a job has ended: were the database away then, the process would end.
          preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
          taskList: options.tasks,
          events,
          logger: new Logger(() => (level, message) => {
            if (level === 'error' || level === 'warning') log.warn({ event: 'queue.message', message });
          }),
        });
        await runner.promise;
      } catch (error) {
        if (!stopping) log.warn({ event: 'queue.runner-ended', ...errorFields(error) });
      }
      runner = null;
      if (!stopping)
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, restartMilliseconds);
        });
    }
  })();
  return {
    stop: async () => {
      stopping = true;
      wake();
      await runner?.stop().catch(() => undefined);
      await ended;
    },
  };
}
