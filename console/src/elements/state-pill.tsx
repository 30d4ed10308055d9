import type { ConnectionState } from '@sallyport/console-api';
import { connectionStateWords } from '../words/connection-state.ts';
import { Pill } from './pill.tsx';

/** A connection's state: the same word, colour and mark wherever it is shown. */
export function StatePill({ state }: { state: ConnectionState }) {
  const { word, tone } = connectionStateWords(state);
  return <Pill tone={tone}>{word}</Pill>;
}
