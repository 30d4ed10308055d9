/** Who did what and when, with names where they are known. */
import type { Deed, RecordedActor } from '@sallyport/console-api';
import type { RecordedName } from '@sallyport/store';

export type ActorNames = ReadonlyMap<string, RecordedName>;

export function recordedActor(names: ActorNames, actor: string): RecordedActor {
  return { actor, name: names.get(actor)?.name ?? null };
}

export function deedOf(names: ActorNames, actor: string, at: Date | number): Deed {
  return { ...recordedActor(names, actor), at: new Date(at).toISOString() };
}
