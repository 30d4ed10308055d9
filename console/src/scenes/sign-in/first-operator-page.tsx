import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { useCreateFirstOperator } from '../../api/session.ts';
import { EmptyState } from '../../elements/empty-state.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { Problem } from '../../api/problem.ts';
import { Entrance } from './entrance.tsx';
import { linkTokenOf } from './link-token.ts';
import styles from './entrance.module.css';

const minimumPasswordLength = 12;

/** The page behind the one-time link that the first start prints: it makes the first operator and signs them in. */
export function FirstOperatorPage() {
  const navigate = useNavigate();
  const create = useCreateFirstOperator();
  // Read once: the link's token leaves the address bar below, so that it is in no history and no screenshot.
  const [token] = useState(takeTokenFromAddress);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [told, setTold] = useState<string | null>(null);

  if (token === null) {
    return (
      <Entrance>
        <PageHeading title="Your way in" />
        <div className={styles.form}>
          <EmptyState title="This link is not complete." action={<Link to="/sign-in">To the sign-in</Link>}>
            Open the whole one-time link, as <code>npm start</code> printed it, or as it was given to you.
          </EmptyState>
        </div>
      </Entrance>
    );
  }

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (password.length < minimumPasswordLength) {
      setTold(`At least ${minimumPasswordLength} characters: a few words are easy to remember.`);
      return;
    }
    setTold(null);
    create.mutate({ token, name, email, password }, { onSuccess: () => void navigate('/', { replace: true }) });
  };
  const refused = (field: string): string | undefined =>
    create.error instanceof Problem ? create.error.fields.find(({ path }) => path === field)?.message : undefined;

  return (
    <Entrance>
      <PageHeading title="Your way in">
        This link works once. It makes you an operator of this Sallyport and signs you in.
      </PageHeading>
      <form className={styles.form} onSubmit={submit}>
        {create.isError ? <ProblemNotice problem={create.error} /> : null}
        <TextInput
          label="Your name"
          autoComplete="name"
          required
          withAsterisk={false}
          error={refused('name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          error={refused('email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          description={`At least ${minimumPasswordLength} characters.`}
          autoComplete="new-password"
          required
          withAsterisk={false}
          error={told ?? refused('password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth aria-busy={create.isPending} disabled={create.isPending}>
          {create.isPending ? 'Creating…' : 'Create operator and sign in'}
        </Button>
      </form>
    </Entrance>
  );
}

function takeTokenFromAddress(): string | null {
  const token = linkTokenOf(window.location);
  if (token !== null) window.history.replaceState(window.history.state, '', window.location.pathname);
  return token;
}
