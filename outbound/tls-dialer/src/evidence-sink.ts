/**
 * Where the evidence of dials goes before a connection is used: kept in memory, written in batches within a second. Where it cannot be
 * written, the buffer fills, and when it is full no new dial is made: there is no connection without its proof.
 */
import type { DialEvidence } from './dial-evidence.ts';

/** What a dial asks of a sink. */
export interface EvidenceSink {
  /** False: the buffer is full, and no dial may begin. */
  readonly admits: () => boolean;
  /** Keeps one record. Never throws, never waits. */
  readonly take: (evidence: DialEvidence) => void;
}

export interface BatchingSinkOptions {
  /** Writes one batch, whole or not at all; a rejection means that it is tried again. */
  readonly write: (batch: readonly DialEvidence[]) => Promise<void>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Told of every failed write. */
  readonly onWriteFailed?: (error: unknown, waiting: number) => void;
  readonly largestBuffer?: number;
  readonly longestWaitMilliseconds?: number;
}

export interface BatchingSink extends EvidenceSink {
  /** Records that wait. */
  readonly waiting: () => number;
  /** Writes what waits, once. Resolves to whether nothing waits any more. */
  readonly flush: () => Promise<boolean>;
  /** Ends the timer and flushes. */
  readonly close: () => Promise<boolean>;
}

/** Records. */
const defaultLargestBuffer = 10_000;
/** Age of the oldest unwritten record, in milliseconds, from which on the buffer counts as full. */
const defaultLongestWaitMilliseconds = 30_000;
/** Half of the second within which a record is to be written, so that a slow write still fits. */
const writeEveryMilliseconds = 500;
/** Records in one write. */
const largestBatch = 500;

/** A sink over a function that writes batches. */
export function createEvidenceSink(options: BatchingSinkOptions): BatchingSink {
  const largestBuffer = options.largestBuffer ?? defaultLargestBuffer;
  const longestWait = options.longestWaitMilliseconds ?? defaultLongestWaitMilliseconds;
  let buffer: { readonly evidence: DialEvidence; readonly since: number }[] = [];
  let writing: Promise<boolean> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const schedule = (): void => {
    if (timer !== null || closed || buffer.length === 0) return;
    timer = setTimeout(() => {
      timer = null;
      void flush();
    }, writeEveryMilliseconds);
    timer.unref();
  };

  const drain = async (): Promise<boolean> => {
    while (buffer.length > 0) {
      const batch = buffer.slice(0, largestBatch);
      try {
        await options.write(batch.map((record) => record.evidence));
      } catch (error) {
        options.onWriteFailed?.(error, buffer.length);
        return false;
      }
      buffer = buffer.slice(batch.length);
    }
    return true;
  };

  const flush = async (): Promise<boolean> => {
    // One write at a time: a batch must not be written twice.
    writing ??= drain().finally(() => {
      writing = null;
      schedule();
    });
    return writing;
  };

  return {
    admits: () => {
      const oldest = buffer[0];
      if (closed || buffer.length >= largestBuffer) return false;
      return oldest === undefined || options.clock() - oldest.since < longestWait;
    },
    take: (evidence) => {
      buffer.push({ evidence, since: options.clock() });
      schedule();
    },
    waiting: () => buffer.length,
    flush,
    close: async () => {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await writing;
      return flush();
    },
  };
}
