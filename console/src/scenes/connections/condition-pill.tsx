import type { ConnectionSummary } from '@sallyport/console-api';
import { Pill } from '../../elements/pill.tsx';
import { basketWords } from '../../words/basket.ts';
import { basketOf, findingOf } from './fleet.ts';

/** Whom a connection waits for, beside its state; nothing where it waits for nobody. */
export function ConditionPill({ connection }: { connection: ConnectionSummary }) {
  const basket = basketOf(connection);
  if (findingOf(connection) === null || basket === null || basket === 'paused') return null;
  const { word, tone } = basketWords[basket];
  return <Pill tone={tone}>{word}</Pill>;
}
