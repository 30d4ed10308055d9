import { Link } from 'react-router';
import { Problem } from '../../api/problem.ts';
import { Notice } from '../../elements/notice.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { obstacleLinks } from './obstacle-links.ts';
import styles from './certificate-retirement.module.css';

/** Why it is not retired now, with the way to each thing that stands against it. */
export function RetirementObstacles({ problem }: { problem: unknown }) {
  const links = problem instanceof Problem ? obstacleLinks(problem.seen) : [];
  return (
    <>
      <ProblemNotice problem={problem} />
      {links.length === 0 ? null : (
        <Notice tone="info" title="What stands against it">
          <ul className={styles.links}>
            {links.map(({ to, words }) => (
              <li key={to + words}>
                <Link to={to}>{words}</Link>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
