import { IconFlask } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { useConnectSandbox, useSandbox } from '../../api/sandbox.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import styles from './sandbox-offer.module.css';

/** "Connect the sandbox" in one click, where a sandbox is present and not connected yet. */
export function SandboxOffer() {
  const sandbox = useSandbox();
  const creation = useConnectSandbox();
  const navigate = useNavigate();
  const start = (): void => {
    // Not in the mutation's own callback: the offer vanishes as soon as the sandbox is connected, and it with it.
    void creation.mutateAsync().then(
      ({ id }) => navigate(`/connections/${id}`),
      () => {},
    );
  };
  if (sandbox.data?.present !== true || sandbox.data.connectionId !== null) return null;
  return (
    <section className={styles.offer} aria-labelledby="sandbox-offer">
      <span className={styles.icon}>
        <IconFlask size={26} aria-hidden />
      </span>
      <div className={styles.words}>
        <h2 className={styles.title} id="sandbox-offer">
          Try it with the sandbox
        </h2>
        <p>
          This machine runs a sandbox: a simulated Jira behind a proxy that demands our client certificate. Its issues
          are made up. One click writes down the terms; then check it, activate it, and watch the issues arrive.
        </p>
        {creation.isError ? <ProblemNotice problem={creation.error} /> : null}
      </div>
      <ActionButton variant="filled" busyWord="Connecting" busy={creation.isPending} onClick={start}>
        Connect the sandbox
      </ActionButton>
    </section>
  );
}
