import type { RevocationSource } from '@sallyport/console-api';
import { commonName } from '../../words/distinguished-name.ts';
import type { Tone } from '../../words/tone.ts';

/** What of a source decides whether it is all right; the connection's page shows the same of fewer facts. */
export type JudgedSource = Pick<RevocationSource, 'thisUpdate' | 'staleSince' | 'lastError'>;

export interface SourceCondition {
  readonly word: string;
  readonly tone: Tone;
  /** Somebody should look at it. */
  readonly needsLook: boolean;
}

/** In what state a source is: the worst that holds. */
export function sourceCondition({ thisUpdate, staleSince, lastError }: JudgedSource): SourceCondition {
  if (thisUpdate === null) {
    return lastError === null && staleSince === null
      ? { word: 'Not fetched yet', tone: 'info', needsLook: false }
      : { word: 'Not to be had', tone: 'bad', needsLook: true };
  }
  if (staleSince !== null) return { word: 'Stale', tone: 'bad', needsLook: true };
  return lastError === null
    ? { word: 'Fresh', tone: 'ok', needsLook: false }
    : { word: 'Fresh, last attempt failed', tone: 'warn', needsLook: true };
}

/** The worst first, then by authority. */
export function worstFirst<Source extends JudgedSource & { readonly authority: string }>(
  sources: readonly Source[],
): readonly Source[] {
  const weight: Readonly<Record<Tone, number>> = { bad: 0, warn: 1, info: 2, idle: 3, ok: 4 };
  return sources.toSorted(
    (a, b) =>
      weight[sourceCondition(a).tone] - weight[sourceCondition(b).tone] || a.authority.localeCompare(b.authority, 'en'),
  );
}

/** Who signs it, by its common name; before the first answer nobody knows. */
export function authorityWords(authority: string): string {
  return authority === '' ? 'Authority not known yet' : commonName(authority);
}
