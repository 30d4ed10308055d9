import { Button } from '@mantine/core';
import { Problem } from '../api/problem.ts';
import { actorWords } from '../words/actor.ts';
import { Notice } from './notice.tsx';

/** A refusal of the API in its own words: what happened, who can act, and the code to quote. */
export function ProblemNotice({ problem, retry }: { problem: unknown; retry?: () => void }) {
  const known = problem instanceof Problem ? problem : null;
  const title = known?.title ?? 'Something in this console went wrong.';
  const action =
    retry === undefined ? undefined : (
      <Button variant="default" size="compact-md" onClick={retry}>
        Try again
      </Button>
    );
  return (
    <Notice tone="bad" title={title} role="alert" action={action}>
      {known?.detail === undefined ? null : <p>{known.detail}</p>}
      {known?.actor === null || known?.actor === undefined ? null : <p>{actorWords(known.actor)} must act.</p>}
      <p>
        Code <code>{known?.code ?? String(problem)}</code>
      </p>
    </Notice>
  );
}
