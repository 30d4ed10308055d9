import type { Sandbox } from '@sallyport/console-api';
import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useSwitchFault } from '../../api/sandbox.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { EmptyState } from '../../elements/empty-state.tsx';
import { Notice } from '../../elements/notice.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { faultGroups, faultsThatFit, type SandboxFaultRow } from './fault-groups.ts';
import styles from './fault-list.module.css';
import { FaultSwitch } from './fault-switch.tsx';

/** Every fault that the far side can show: those that are on stand first, the others by group; a search narrows them. */
export function FaultList({ sandbox }: { sandbox: Sandbox }) {
  const { faults, faultList, connectionId } = sandbox;
  const switchFault = useSwitchFault();
  const announce = useAnnounce();
  const [search, setSearch] = useState('');
  const fitting = faultsThatFit(faultList, search);
  const turn = ({ name, label }: SandboxFaultRow, on: boolean): void =>
    switchFault.mutate({ fault: name, on }, { onSuccess: () => announce(`${label}: ${on ? 'on' : 'off'}.`) });
  const rowOf = (row: SandboxFaultRow) => (
    <FaultSwitch
      key={row.name}
      fault={row}
      on={faults[row.name] ?? false}
      busy={switchFault.isPending && switchFault.variables.fault === row.name}
      onChange={(on) => turn(row, on)}
    />
  );
  return (
    <>
      <SwitchedOn
        rows={faultList.filter(({ name }) => faults[name] === true)}
        turn={turn}
        connectionId={connectionId}
      />
      {switchFault.isError ? <ProblemNotice problem={switchFault.error} /> : null}
      <div className={styles.search}>
        <TextInput
          type="search"
          label="Search the faults"
          placeholder="expired, OCSP, redirect, 429"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <span className={styles.count} role="status">
          {fitting.length} of {faultList.length}
        </span>
      </div>
      {fitting.length === 0 ? <EmptyState title="No fault fits.">None has all of these words.</EmptyState> : null}
      {faultGroups.map(({ group, title }) => {
        const rows = fitting.filter((row) => row.group === group);
        if (rows.length === 0) return null;
        const on = rows.filter(({ name }) => faults[name] === true).length;
        return (
          <details className={styles.group} key={group} open={search !== '' || group === 'server' || on > 0}>
            <summary>
              <h3>{title}</h3>
              <span className={styles.count}>
                {rows.length}
                {on === 0 ? '' : `, ${on} on`}
              </span>
            </summary>
            <div className={styles.rows}>{rows.map(rowOf)}</div>
          </details>
        );
      })}
    </>
  );
}

interface SwitchedOnProperties {
  readonly rows: readonly SandboxFaultRow[];
  readonly turn: (row: SandboxFaultRow, on: boolean) => void;
  readonly connectionId: string | null;
}

/** What is on now, where to see what it does, and how to take it back. */
function SwitchedOn({ rows, turn, connectionId }: SwitchedOnProperties) {
  const page = connectionId === null ? null : `/connections/${connectionId}`;
  if (rows.length === 0) {
    return (
      <p className={styles.how}>
        Nothing is at fault. Switch one on, then <em>Check now</em> on{' '}
        {page === null ? 'its connection' : <Link to={page}>its connection</Link>} tells in one sentence what is wrong
        and who must act, and <em>the doctor</em> finds the cause.
      </p>
    );
  }
  return (
    <Notice
      tone="warn"
      title={rows.length === 1 ? 'One fault is on.' : `${rows.length} faults are on.`}
      action={
        page === null ? undefined : (
          <>
            <Button component={Link} to={page} variant="default" size="compact-md">
              Check it
            </Button>
            <Button component={Link} to={`${page}/doctor`} variant="default" size="compact-md">
              Ask the doctor
            </Button>
          </>
        )
      }
    >
      <ul className={styles.on}>
        {rows.map((row) => (
          <li key={row.name}>
            <span>
              {row.label}: {row.shows}
            </span>{' '}
            <Button
              variant="default"
              size="compact-xs"
              aria-label={`Take back: ${row.label}`}
              onClick={() => turn(row, false)}
            >
              Take back
            </Button>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
