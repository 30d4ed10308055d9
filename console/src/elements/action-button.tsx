import { Button, type ButtonVariant } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import styles from './action-button.module.css';

/** Shorter work needs no progress: a flicker would only disturb. */
const progressAfterMilliseconds = 1000;

interface ActionButtonProperties {
  readonly children: string;
  /** What is said while it lasts, e.g. `Checking`. */
  readonly busyWord: string;
  readonly busy: boolean;
  /** Absent where it sends its form. */
  readonly onClick?: () => void;
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  readonly variant?: ButtonVariant;
  readonly icon?: ReactNode;
}

/** A button that starts work, once however often it is pressed; when that lasts more than a second it shows how long it has been at it. */
export function ActionButton(properties: ActionButtonProperties) {
  const {
    children,
    busyWord,
    busy,
    onClick,
    disabled = false,
    variant = 'default',
    icon,
    type = 'button',
  } = properties;
  const seconds = useSecondsBusy(busy);
  return (
    <Button
      variant={variant}
      leftSection={busy && seconds !== null ? <span className={styles.spinner} aria-hidden /> : icon}
      type={type}
      // The second click of a double click comes before anything shows that the first was heard.
      onClick={(event) => {
        if (busy || event.detail > 1) event.preventDefault();
        else onClick?.();
      }}
      aria-busy={busy}
      aria-disabled={busy || disabled}
      disabled={disabled}
    >
      {busy && seconds !== null ? `${busyWord}… ${seconds} s` : children}
    </Button>
  );
}

function useSecondsBusy(busy: boolean): number | null {
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    if (!busy) return undefined;
    const began = Date.now();
    const timer = setInterval(() => {
      setSeconds(Math.floor((Date.now() - began) / 1000));
    }, progressAfterMilliseconds);
    return () => {
      clearInterval(timer);
      setSeconds(null);
    };
  }, [busy]);
  return seconds;
}
