import type { Swap } from '@sallyport/console-api';
import { Notice } from '../../elements/notice.tsx';
import { actorWords } from '../../words/actor.ts';

/** What speaks against the window and does not forbid it: seen before anybody approves. */
export function SwapWarnings({ warnings }: { warnings: Swap['warnings'] }) {
  return warnings.map(({ code, message, actor }) => (
    <Notice key={code} tone="warn" title={message} role="status">
      {actor === null ? null : <p>{actorWords(actor)} can change that.</p>}
    </Notice>
  ));
}
