import type { Tone } from '../../words/tone.ts';

/** A connector writes one every 2 s; after 15 s of silence another takes over its jobs. */
const silentAfterMilliseconds = 15_000;
const lateAfterMilliseconds = 6000;

/** A connector's condition by the age of its last heartbeat. */
export function heartbeatWords(heartbeatAt: string, now: number): { readonly word: string; readonly tone: Tone } {
  const age = now - Date.parse(heartbeatAt);
  if (age > silentAfterMilliseconds) return { word: 'Silent', tone: 'bad' };
  return age > lateAfterMilliseconds ? { word: 'Late', tone: 'warn' } : { word: 'Alive', tone: 'ok' };
}
