import { Button } from '@mantine/core';
import { useState } from 'react';
import { useReplaceSealKey, useTakeOutSealKey } from '../../api/custody.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Notice } from '../../elements/notice.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import styles from './custody.module.css';

interface KeyActionProperties {
  readonly id: string;
  readonly isHeld: boolean;
  readonly othersAreHeld: boolean;
}

const replacement = {
  offer: 'Replace this key',
  title: 'Replace this key while everything runs?',
  text:
    'Its connector makes the next key, every record is sealed anew in the background, and this one is retired when it is proven that ' +
    'nothing is sealed to it. A backup of the database from before needs the key file from before: see that both are kept together in time.',
  yes: 'Yes, replace it',
  said: 'The next key was asked for.',
} as const;
const takingOut = {
  offer: 'Take this key out of use',
  title: 'Is its connector gone for good?',
  text:
    'Then nothing is sealed to this key any more, and it is retired when other keys have a copy of everything. Should the connector come ' +
    'back, it makes a new key. Where it only stands still, start it again instead.',
  yes: 'Yes, take it out',
  said: 'The key was taken out of use.',
} as const;

/** Replaces a key that is held, or takes out one that nobody holds; each after a second word. */
export function KeyAction({ id, isHeld, othersAreHeld }: KeyActionProperties) {
  const [replace, takeOut] = [useReplaceSealKey(), useTakeOutSealKey()];
  const announce = useAnnounce();
  const [asked, setAsked] = useState(false);
  const [words, action] = isHeld ? [replacement, replace] : [takingOut, takeOut];
  if (!isHeld && !othersAreHeld) return null;
  return (
    <div className={styles.replace}>
      {asked ? (
        <Notice tone="warn" title={words.title} role="alert">
          <p>{words.text}</p>
          <span className={styles.buttons}>
            <ActionButton
              variant="filled"
              busyWord="Asking"
              busy={action.isPending}
              onClick={() =>
                action.mutate(id, {
                  onSuccess: () => {
                    setAsked(false);
                    announce(words.said);
                  },
                })
              }
            >
              {words.yes}
            </ActionButton>
            <Button variant="default" autoFocus disabled={action.isPending} onClick={() => setAsked(false)}>
              Keep it
            </Button>
          </span>
        </Notice>
      ) : (
        <Button variant="default" onClick={() => setAsked(true)}>
          {words.offer}
        </Button>
      )}
      {action.isError ? <ProblemNotice problem={action.error} /> : null}
    </div>
  );
}
