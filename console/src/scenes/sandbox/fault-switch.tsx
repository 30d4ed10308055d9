import { Switch } from '@mantine/core';
import type { SandboxFaultRow } from './fault-groups.ts';
import styles from './fault-switch.module.css';

interface FaultSwitchProperties {
  readonly fault: SandboxFaultRow;
  readonly on: boolean;
  readonly busy: boolean;
  readonly onChange: (on: boolean) => void;
}

/** Switches one fault of the sandbox's far side on or off. */
export function FaultSwitch({ fault, on, busy, onChange }: FaultSwitchProperties) {
  return (
    <div className={styles.fault} data-on={on}>
      <Switch
        label={fault.label}
        description={fault.shows}
        checked={on}
        aria-busy={busy}
        onChange={(event) => {
          if (!busy) onChange(event.currentTarget.checked);
        }}
      />
      <span className={styles.word}>{busy ? 'switching…' : on ? 'on' : 'off'}</span>
    </div>
  );
}
