import type { SwapDetail } from '@sallyport/console-api';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { swapCalendarAddress, useAskSwap, useProposedTimes } from '../../api/swaps.ts';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { instantWords } from '../../words/time.ts';
import styles from './swap-actions.module.css';
import { isBeforeActivation } from './swap-states.ts';

/** When the swap happens: the window, its calendar entries, and times that suit both sides. */
export function SwapWindow({ swap }: { swap: SwapDetail }) {
  const { windowStartsAt, windowEndsAt } = swap;
  return (
    <>
      {windowStartsAt === null || windowEndsAt === null ? (
        <p>None is set.</p>
      ) : (
        <>
          <p>
            {instantWords(windowStartsAt)} to {instantWords(windowEndsAt)}
          </p>
          <p>
            For the calendar (.ics):{' '}
            <a href={swapCalendarAddress(swap.id, 'operator')} download>
              ours
            </a>
            ,{' '}
            <a href={swapCalendarAddress(swap.id, 'customer')} download>
              the customer’s
            </a>
          </p>
        </>
      )}
      {isBeforeActivation(swap.state) && swap.rolloutId === null ? <Choose swap={swap} /> : null}
    </>
  );
}

function Choose({ swap }: { swap: SwapDetail }) {
  const times = useProposedTimes(swap.id, true);
  const ask = useAskSwap(swap.id);
  const [chosen, setChosen] = useState(0);
  const [changeNumber, setChangeNumber] = useState(swap.changeNumber ?? '');
  if (times.isError) return <ProblemNotice problem={times.error} />;
  if (times.data === undefined) return null;
  const { items, operatorTimeZone, customerTimeZone } = times.data;
  const time = items[chosen];
  if (time === undefined) return <p>No time within reach suits both calendars.</p>;
  return (
    <div className={styles.form}>
      <NativeSelect
        label="Times that suit both sides"
        description={`Ours in ${operatorTimeZone}, the customer’s in ${customerTimeZone}`}
        data={items.map(({ operatorLocal, customerLocal }, index) => ({
          value: String(index),
          label: [...new Set([operatorLocal, customerLocal])].map((local) => local.replace('T', ' ')).join(' · '),
        }))}
        value={String(chosen)}
        onChange={(event) => setChosen(Number(event.currentTarget.value))}
      />
      <TextInput
        label="Change number"
        required={swap.changeNumberRequired}
        description={swap.changeNumberRequired ? 'The customer requires their own.' : 'Where the customer has one.'}
        value={changeNumber}
        onChange={(event) => setChangeNumber(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <Button
          variant={swap.windowStartsAt === null ? 'filled' : 'default'}
          disabled={ask.isPending}
          onClick={() =>
            ask.mutate({
              verb: 'schedule',
              body: {
                windowStartsAt: time.startsAt,
                windowEndsAt: time.endsAt,
                ...(changeNumber.trim() === '' ? {} : { changeNumber: changeNumber.trim() }),
              },
            })
          }
        >
          {swap.windowStartsAt === null ? 'Set this window' : 'Move it to this window'}
        </Button>
      </div>
      {ask.isError ? <ProblemNotice problem={ask.error} /> : null}
    </div>
  );
}
