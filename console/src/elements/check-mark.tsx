import type { CheckStatus } from '@sallyport/console-api';
import { IconCheck, IconMinus, IconQuestionMark, IconX } from '@tabler/icons-react';
import { checkStatusWords } from '../words/check.ts';
import styles from './check-mark.module.css';

const icons = { pass: IconCheck, fail: IconX, unknown: IconQuestionMark, 'not-applicable': IconMinus } as const;

/** The mark of one check: its shape says as much as its colour, and its name is read out when given. */
export function CheckMark({ status, name, size = 20 }: { status: CheckStatus | null; name?: string; size?: number }) {
  const Icon = status === null ? null : icons[status];
  const tone = status === null ? 'idle' : checkStatusWords(status).tone;
  const word = status === null ? 'Not checked yet' : checkStatusWords(status).word;
  const label = name === undefined ? word : `${name}: ${word.toLowerCase()}`;
  return (
    <span className={styles.mark} data-tone={tone} role="img" aria-label={label} title={label} data-size={size}>
      {Icon === null ? null : <Icon size={Math.round(size * 0.68)} stroke={3} aria-hidden />}
    </span>
  );
}
