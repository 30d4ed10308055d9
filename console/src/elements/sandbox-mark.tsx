import { IconFlask } from '@tabler/icons-react';
import styles from './sandbox-mark.module.css';

/** Says that something belongs to the sandbox: a made-up far side, never a customer's. */
export function SandboxMark() {
  return (
    <span className={styles.mark} title="A made-up far side for trying; no real data.">
      <IconFlask size={13} stroke={2.2} aria-hidden />
      Sandbox
    </span>
  );
}
