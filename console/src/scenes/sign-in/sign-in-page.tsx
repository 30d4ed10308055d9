import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Navigate, useLocation, useNavigate } from 'react-router';
import { useSession, useSignIn } from '../../api/session.ts';
import { Notice } from '../../elements/notice.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { Entrance } from './entrance.tsx';
import styles from './entrance.module.css';

/** Sign-in by e-mail address and password; leads back to where the person wanted to go. */
export function SignInPage() {
  const navigate = useNavigate();
  const location = useLocation();
  const session = useSession();
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const wanted = wantedPath(location.state);

  if (session.data !== undefined && session.data !== null) return <Navigate to={wanted} replace />;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate({ email, password }, { onSuccess: () => void navigate(wanted, { replace: true }) });
  };

  return (
    <Entrance>
      <PageHeading title="Sign in" />
      <form className={styles.form} onSubmit={submit}>
        {signIn.isError ? <ProblemNotice problem={signIn.error} /> : null}
        <TextInput
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth aria-busy={signIn.isPending} disabled={signIn.isPending}>
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
      <div className={styles.help}>
        <Notice tone="info" title="The very first time?">
          <p>
            Open the one-time link that <code>npm start</code> (or <code>./sallyport up</code>) printed where it was
            started. It creates the first operator.
          </p>
        </Notice>
      </div>
    </Entrance>
  );
}

/** Only a path of the console itself: a state could be planted, an address elsewhere must not be followed. */
function wantedPath(state: unknown): string {
  if (typeof state !== 'object' || state === null || !('wanted' in state)) return '/';
  const { wanted } = state;
  return typeof wanted === 'string' && /^\/(?!\/)/u.test(wanted) ? wanted : '/';
}
