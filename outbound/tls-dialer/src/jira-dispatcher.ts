/** HTTP over judged connections: an undici dispatcher whose every socket comes from `dial`, so that what uses it is ordinary request code. */
import type { DialTarget } from './dial-target.ts';
import type { EvidenceSink } from './evidence-sink.ts';
import { GenerationDispatcher } from './generations/generation-dispatcher.ts';

export interface JiraDispatcherOptions {
  readonly sink: EvidenceSink;
  /** Sockets at the same time. */
  readonly connections: number;
  /** Number of the generation of our certificate; 0 where nothing counts them. */
  readonly generation?: number;
  /** Told once for each generation whose certificate the far side refused while it was in use. */
  readonly onCertificateRefused?: (generation: number, error: Error) => void;
}

/**
 * A dispatcher for one connection. `target` is asked at each new socket. A socket that the gate refused is an error of
 * the request, with the code, the words and the actor of a `DialError`.
 */
export function createJiraDispatcher(target: () => DialTarget, options: JiraDispatcherOptions): GenerationDispatcher {
  const { sink, generation = 0 } = options;
  return new GenerationDispatcher({ ...options, first: { number: generation, target, sink } });
}
