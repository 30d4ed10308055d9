import type { SwapDetail } from '@sallyport/console-api';
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAskSwap, useProposedTimes } from '../../api/swaps.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { Waiting } from '../../elements/waiting.tsx';
import { fromNow, timeOptions, windowLengths, zonesWords } from './window-times.ts';
import styles from './swap-actions.module.css';

/** When it happens: from now where no notice is needed, or at a time that suits both sides. Open while none is chosen. */
export function ChooseWindow({ swap, isAwaited }: { swap: SwapDetail; isAwaited: boolean }) {
  if (swap.windowStartsAt === null) return <Form swap={swap} isAwaited={isAwaited} />;
  return (
    <details className={styles.more}>
      <summary>Choose another window</summary>
      <p>Approvals that were given are void then.</p>
      <Form swap={swap} isAwaited={isAwaited} />
    </details>
  );
}

function Form({ swap, isAwaited }: { swap: SwapDetail; isAwaited: boolean }) {
  const [hours, setHours] = useState(4);
  const times = useProposedTimes(swap.id, hours);
  const ask = useAskSwap(swap.id);
  const announce = useAnnounce();
  // In an emergency there is nothing to wait for.
  const [chosen, setChosen] = useState(swap.emergency ? 'now' : '0');
  const [changeNumber, setChangeNumber] = useState(swap.changeNumber ?? '');
  if (times.isError) return <ProblemNotice problem={times.error} retry={() => void times.refetch()} />;
  if (times.data === undefined) return <Waiting what="times that suit both sides" />;
  const mayBeNow = swap.emergency || swap.noticeDays === 0;
  const options = timeOptions(times.data, mayBeNow);
  if (options.length === 0) return <p>No time within reach suits both calendars: look at their freeze periods.</p>;
  const time = times.data.items[Number(chosen)];
  const value = chosen !== 'now' && time === undefined ? (options[0]?.value ?? '') : chosen;
  const number = changeNumber.trim();
  const schedule = (): void => {
    const window = value === 'now' ? fromNow(hours) : times.data.items[Number(value)];
    if (window === undefined) return;
    const body = { windowStartsAt: window.startsAt, windowEndsAt: window.endsAt };
    ask.mutate(
      { verb: 'schedule', body: { ...body, ...(number === '' ? {} : { changeNumber: number }) } },
      { onSuccess: () => announce('The window is set.') },
    );
  };
  return (
    <div className={styles.form}>
      <div className={styles.two}>
        <NativeSelect
          label="Window"
          description={zonesWords(times.data)}
          data={options}
          value={value}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <NativeSelect
          label="Length"
          description="The old certificate stays ready until it closes."
          data={windowLengths}
          value={String(hours)}
          onChange={(event) => setHours(Number(event.currentTarget.value))}
        />
      </div>
      <TextInput
        label="Change number"
        required={swap.changeNumberRequired}
        description={swap.changeNumberRequired ? 'The customer requires their own.' : 'Where the customer has one.'}
        maxLength={100}
        value={changeNumber}
        onChange={(event) => setChangeNumber(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <ActionButton
          variant={isAwaited ? 'filled' : 'default'}
          busyWord="Asking"
          busy={ask.isPending}
          onClick={schedule}
        >
          {swap.windowStartsAt === null ? 'Set this window' : 'Move it to this window'}
        </ActionButton>
      </div>
      {ask.isError ? <ProblemNotice problem={ask.error} /> : null}
    </div>
  );
}
