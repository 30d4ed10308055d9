import { Switch } from '@mantine/core';
import styles from './fault-switch.module.css';

/** The faults that the sandbox's far side can show. */
export type SandboxFault = 'expired' | 'wrong-name' | 'refuses-us';

const words: Readonly<Record<SandboxFault, { readonly label: string; readonly shows: string }>> = {
  expired: {
    label: 'Expired server certificate',
    shows: 'The far side shows a certificate whose period has ended: the check Validity fails.',
  },
  'wrong-name': {
    label: 'Certificate of another host',
    shows: 'The far side shows a certificate that names another host: the check Name fails.',
  },
  'refuses-us': {
    label: 'Refuses our client certificate',
    shows: 'The five checks pass, but the far side turns our client certificate away.',
  },
};

interface FaultSwitchProperties {
  readonly fault: SandboxFault;
  readonly on: boolean;
  readonly busy: boolean;
  readonly onChange: (on: boolean) => void;
}

/** Switches one fault of the sandbox's far side on or off. */
export function FaultSwitch({ fault, on, busy, onChange }: FaultSwitchProperties) {
  const { label, shows } = words[fault];
  return (
    <div className={styles.fault} data-on={on}>
      <Switch
        label={label}
        description={shows}
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
