import type { ProposedTimes } from '@sallyport/console-api';
import { NativeSelect } from '@mantine/core';
import { instantWords } from '../../words/time.ts';
import { Choice } from '../new-connection/choice.tsx';
import { windowLengths } from '../swap/window-times.ts';
import type { WhenChosen } from './propose-swap-when.ts';

interface ProposeSwapWindowProperties {
  readonly times: ProposedTimes;
  /** No notice has to be kept. */
  readonly mayBeNow: boolean;
  readonly when: WhenChosen;
  readonly onWhen: (when: WhenChosen) => void;
  readonly hours: number;
  readonly onHours: (hours: number) => void;
}

/** When it happens: by both sides' calendars, at once, or not said yet. */
export function ProposeSwapWindow({ times, mayBeNow, when, onWhen, hours, onHours }: ProposeSwapWindowProperties) {
  const [first] = times.items;
  const value = (when === 'now' && !mayBeNow) || (when === 'first' && first === undefined) ? 'later' : when;
  return (
    <>
      <Choice
        legend="When"
        value={value}
        onChange={onWhen}
        options={[
          {
            value: 'first',
            label: 'In the first window that suits both sides',
            meaning:
              first === undefined
                ? 'None within reach: look at the freeze periods of both calendars.'
                : `${instantWords(first.startsAt)} to ${instantWords(first.endsAt)}, outside of both sides’ freeze periods.`,
          },
          ...(mayBeNow
            ? [
                {
                  value: 'now' as const,
                  label: 'From now on',
                  meaning: 'No notice has to be kept: as soon as it is tried and approved.',
                },
              ]
            : []),
          {
            value: 'later',
            label: 'Choose the window later',
            meaning: 'On the swap’s page, when both sides have agreed.',
          },
        ]}
      />
      {value === 'later' ? null : (
        <NativeSelect
          label="Length of the window"
          description="The old certificate stays ready until it closes."
          data={windowLengths}
          value={String(hours)}
          onChange={(event) => onHours(Number(event.currentTarget.value))}
        />
      )}
    </>
  );
}
