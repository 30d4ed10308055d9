import { Problem } from '../../api/problem.ts';
import { Notice } from '../../elements/notice.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';

interface RefusedFormProperties {
  readonly problem: unknown;
  /** Whether a fault with this path is shown at its field. */
  readonly isShown: (path: string) => boolean;
}

/** Why a form was not taken: where every fault stands at its field, that is all; else the refusal in the API's own words. */
export function RefusedForm({ problem, isShown }: RefusedFormProperties) {
  const isAllShown =
    problem instanceof Problem && problem.fields.length > 0 && problem.fields.every(({ path }) => isShown(path));
  if (!isAllShown) return <ProblemNotice problem={problem} />;
  return (
    <Notice tone="bad" title="It was not taken: some fields need another look." role="alert">
      <p>What is wrong stands at each of them. Nothing was made or kept.</p>
    </Notice>
  );
}
