import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Problem } from '../../api/problem.ts';
import { useProposeSoftening } from '../../api/revocation.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import styles from './softening-form.module.css';

const longestHours = 72;
const shortestReason = 10;

interface SofteningFormProperties {
  /** Authorities that something is held or wanted of, to choose from. */
  readonly authorities: readonly string[];
  readonly onDone: () => void;
}

/** Proposes a softening: whose, why, and for how long. */
export function SofteningForm({ authorities, onDone }: SofteningFormProperties) {
  const propose = useProposeSoftening();
  const announce = useAnnounce();
  const [authority, setAuthority] = useState(authorities.length === 1 ? (authorities[0] ?? '') : '');
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState('24');
  const [tried, setTried] = useState(false);
  const refused = (path: string): string | undefined =>
    propose.error instanceof Problem ? propose.error.fields.find((field) => field.path === path)?.message : undefined;
  const count = Number(hours);
  const faults = {
    authority:
      authority.trim() === '' ? 'Name the authority by its distinguished name, as reports show it.' : undefined,
    reason: reason.trim().length < shortestReason ? 'Write down why, in a sentence.' : undefined,
    hours:
      Number.isInteger(count) && count >= 1 && count <= longestHours
        ? undefined
        : `A whole number of hours from 1 to ${longestHours}.`,
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(faults).some((fault) => fault !== undefined)) {
      announce('Some fields need another look.');
      return;
    }
    propose.mutate(
      { authority: authority.trim(), reason: reason.trim(), hours: count },
      {
        onSuccess: () => {
          announce('Proposed. Another person must approve it.');
          onDone();
        },
      },
    );
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextInput
        label="Authority"
        description="Issuer of the certificates that should pass."
        required
        list="known-authorities"
        autoComplete="off"
        error={(tried ? faults.authority : undefined) ?? refused('authority')}
        value={authority}
        onChange={(event) => setAuthority(event.currentTarget.value)}
      />
      <datalist id="known-authorities">
        {authorities.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Textarea
        label="Why?"
        description="Kept in the audit; whoever approves reads it."
        required
        rows={2}
        error={(tried ? faults.reason : undefined) ?? refused('reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        label="Hours"
        description="From the approval on; at most 72."
        required
        inputMode="numeric"
        error={(tried ? faults.hours : undefined) ?? refused('hours')}
        value={hours}
        onChange={(event) => setHours(event.currentTarget.value)}
      />
      {propose.isError ? <ProblemNotice problem={propose.error} /> : null}
      <div className={styles.buttons}>
        <Button type="submit" aria-busy={propose.isPending} disabled={propose.isPending}>
          Propose
        </Button>
        <Button variant="default" onClick={onDone}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
