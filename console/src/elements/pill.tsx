import { IconAlertTriangle, IconCheck, IconCircleDashed, IconInfoCircle, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Tone } from '../words/tone.ts';
import styles from './pill.module.css';

export const toneIcons = {
  ok: IconCheck,
  warn: IconAlertTriangle,
  bad: IconX,
  idle: IconCircleDashed,
  info: IconInfoCircle,
} as const;

/** A word in its tone's colour, with the tone's mark, so that colour is never the only sign. */
export function Pill({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Icon = toneIcons[tone];
  return (
    <span className={styles.pill} data-tone={tone}>
      <Icon size={14} stroke={2.4} aria-hidden />
      {children}
    </span>
  );
}
