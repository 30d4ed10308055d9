import { Navigate, useLocation } from 'react-router';
import { useSession } from '../api/session.ts';
import { ProblemNotice } from '../elements/problem-notice.tsx';
import { Waiting } from '../elements/waiting.tsx';
import { PageFrame } from './page-frame.tsx';

/** Lets signed-in people through; others go to the sign-in and come back to where they wanted to go. */
export function Gate() {
  const session = useSession();
  const { pathname } = useLocation();
  if (session.data === undefined) {
    return session.isError ? (
      <ProblemNotice problem={session.error} retry={() => void session.refetch()} />
    ) : (
      <Waiting what="the console" />
    );
  }
  if (session.data === null) return <Navigate to="/sign-in" replace state={{ wanted: pathname }} />;
  return <PageFrame />;
}
