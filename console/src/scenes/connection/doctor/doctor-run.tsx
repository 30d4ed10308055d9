import type { ConnectionDetail } from '@sallyport/console-api';
import { IconStethoscope } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { useRunDoctor } from '../../../api/diagnoses.ts';
import { ActionButton } from '../../../elements/action-button.tsx';
import { ProblemNotice } from '../../../elements/problem-notice.tsx';
import styles from './doctor-run.module.css';

/** The doctor's own bounds; it ends earlier where it has seen enough. */
const longestSeconds = 15;
const mostHandshakes = 25;

interface DoctorRunProperties {
  readonly connection: ConnectionDetail;
  readonly run: ReturnType<typeof useRunDoctor>;
  readonly start: (negativeProbes: boolean) => void;
}

/** Starts a run, with or without the probes that the far side must refuse, and shows how long it has been at it. */
export function DoctorRun({ connection, run, start }: DoctorRunProperties) {
  const [negative, setNegative] = useState(false);
  const allowed = connection.terms.document.probes === 'negative';
  const retired = connection.state === 'retired';
  return (
    <div className={styles.run}>
      <p>
        A connector looks at every step of the way: names, addresses, TLS, certificates, our own, and Jira behind it. At
        most {mostHandshakes} handshakes and {longestSeconds} seconds; nothing that could lock an account.
      </p>
      {allowed ? (
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={negative}
            disabled={run.isPending}
            onChange={(event) => setNegative(event.currentTarget.checked)}
          />
          <span>
            <strong>Also try what the far side must refuse</strong>
            <span className={styles.note}>
              Without a certificate, and with a throw-away one, under one published identity. It stops at the first
              reset.
            </span>
          </span>
        </label>
      ) : (
        <p className={styles.note}>
          Probes that the far side must refuse are not agreed for this connection, so enforcement cannot be proven.{' '}
          {retired ? null : <Link to={`/connections/${connection.id}/change`}>Agree on them in the terms</Link>}
        </p>
      )}
      <div className={styles.buttons}>
        <ActionButton
          variant="filled"
          busyWord="Looking"
          busy={run.isPending}
          disabled={retired}
          icon={<IconStethoscope size={16} aria-hidden />}
          onClick={() => start(allowed && negative)}
        >
          Run the doctor
        </ActionButton>
        {retired ? <span className={styles.note}>A retired connection is not dialled any more.</span> : null}
      </div>
      {run.isPending ? <Progress negative={run.variables} /> : null}
      {run.isError ? <ProblemNotice problem={run.error} retry={() => start(run.variables)} /> : null}
    </div>
  );
}

const stages = ['address and way', 'TLS and certificates', 'our certificate', 'Jira behind it'] as const;

/** The run's own bound as a bar: how much of the longest time is used up. */
function Progress({ negative }: { negative: boolean }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = performance.now();
    const timer = setInterval(() => setSeconds((performance.now() - began) / 1000), 250);
    return () => clearInterval(timer);
  }, []);
  const late = seconds > longestSeconds;
  return (
    <div role="status" className={styles.progress}>
      <progress
        max={longestSeconds}
        {...(late ? {} : { value: seconds })}
        aria-label="Time that the doctor has used of what it may use"
      />
      <p className={styles.note}>
        {late
          ? 'It takes longer than the probes may: a connector has not taken it up yet, or is busy.'
          : `Looking at ${stages.join(', ')}${negative ? ', and at what it must refuse' : ''}.`}
      </p>
    </div>
  );
}
