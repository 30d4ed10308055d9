import type { Swap } from '@sallyport/console-api';
import { Notice } from '../../elements/notice.tsx';
import { actorWords } from '../../words/actor.ts';

/** What speaks against the window and does not forbid it: seen before anybody approves. */
export function SwapWarnings({ warnings }: { warnings: Swap['warnings'] }) {
  if (warnings.length === 0) return null;
  return (
    <Notice tone="warn" title="To be seen before anybody approves" role="status">
      {warnings.map(({ code, message, actor }) => (
        <p key={code}>
          {message}
          {actor === null ? null : ` ${actorWords(actor)} can change that.`}
        </p>
      ))}
    </Notice>
  );
}
