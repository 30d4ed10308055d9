/** A download into a file, and the one place where a list is in memory: while it is judged and indexed. */
import { open } from 'node:fs/promises';
import type { SourceAnswer } from './ask-source.ts';
import { failureOfStorage } from './fetch-failure.ts';

/** Downloads lie on disk; in memory is one at a time, while it is judged and indexed. */
export class OneAtATime {
  #last: Promise<void> = Promise.resolve();

  async turn(): Promise<Disposable> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return { [Symbol.dispose]: resolve };
  }
}

/** @param ask hands the parts of the body on @throws FetchFailure, and what `ask` throws */
export async function download(
  path: string,
  ask: (take: (part: Uint8Array) => Promise<void>) => Promise<SourceAnswer>,
): Promise<SourceAnswer> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw failureOfStorage(error);
  });
  try {
    const answer = await ask(async (part) => {
      await file.writeFile(part).catch((error: unknown) => {
        throw failureOfStorage(error);
      });
    });
    await file.sync();
    return answer;
  } finally {
    await file.close();
  }
}
