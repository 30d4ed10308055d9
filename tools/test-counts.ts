/** A node:test reporter that writes one JSON line: counts, and the names of what failed or was left out with the reason. */
import type { TestEvent } from 'node:test/reporters';

interface Counts {
  passed: number;
  failed: string[];
  skipped: { name: string; reason: string }[];
}

export default async function* countTests(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts: Counts = { passed: 0, failed: [], skipped: [] };
  for await (const event of source) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { data } = event;
    const type = data.details.type;
    if (data.skip !== undefined || data.todo !== undefined) {
      const reason = data.skip ?? data.todo;
      counts.skipped.push({ name: data.name, reason: typeof reason === 'string' ? reason : 'no reason given' });
    } else if (event.type === 'test:fail') {
      // A suite fails because of its tests, which are counted already, unless it failed on its own.
      const error = event.data.details.error as { failureType?: string };
      if (error.failureType !== 'subtestsFailed') counts.failed.push(`${data.file ?? ''}: ${data.name}`);
    } else if (type !== 'suite') counts.passed += 1;
  }
  yield `${JSON.stringify(counts)}\n`;
}
