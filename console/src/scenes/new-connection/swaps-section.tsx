import type { SwapClass } from '@sallyport/console-api';
import { TextInput } from '@mantine/core';
import { swapClassWords } from '../../words/swap.ts';
import { CalendarEditor } from '../settings/calendar/calendar-editor.tsx';
import { CalendarPicture } from '../settings/calendar/calendar-picture.tsx';
import { calendarOf } from '../settings/calendar/calendar-draft.ts';
import choiceStyles from './choice.module.css';
import { Choice } from './choice.tsx';
import styles from './connection-form.module.css';
import type { SectionProperties } from './section-properties.ts';
import { Section } from './section.tsx';
import { swapClasses, usualNotice, type SwapsDraft } from './swaps-draft.ts';

/** What both sides agree about swaps of our client certificate: notice, approvals, and when nothing is changed. */
export function SwapsSection({ draft: { swaps }, faults, change }: SectionProperties) {
  const set = (changes: Partial<SwapsDraft>): void => change({ swaps: { ...swaps, ...changes } });
  return (
    <Section
      title="Swaps of our certificate"
      reason="Our client certificate is replaced several times a year. What is agreed here says how long before the customer hears of it, who approves, and when nothing is touched."
    >
      <Choice
        legend="How the customer’s side knows us"
        value={swaps.matching}
        options={[
          {
            value: 'ca-and-name',
            label: 'By authority and name',
            meaning: 'A renewal of the same name by the same authority changes nothing for them.',
          },
          {
            value: 'leaf',
            label: 'By this very certificate',
            meaning: 'It is pinned: they must change something at every swap.',
          },
        ]}
        onChange={(matching) => set({ matching })}
      />
      <fieldset className={choiceStyles.choice}>
        <legend className={choiceStyles.legend}>Days of notice before a window begins, by what changes for them</legend>
        <div className={styles.two}>
          {swapClasses.map((name) => (
            <TextInput
              key={name}
              name={`swaps.noticeDays.${name}`}
              label={swapClassWords(name)}
              placeholder={`${usualNotice[name]}, as usual`}
              inputMode="numeric"
              error={faults[`swaps.noticeDays.${name}`]}
              value={swaps.noticeDays[name]}
              onChange={(event) => set({ noticeDays: { ...swaps.noticeDays, [name]: event.currentTarget.value } })}
            />
          ))}
        </div>
      </fieldset>
      <Approvals swaps={swaps} set={set} />
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={swaps.standingApproval}
          onChange={(event) => set({ standingApproval: event.currentTarget.checked })}
        />
        <span>
          <strong>What changes nothing for them is a standing change</strong>
          <span className={styles.note}>
            Approved by these terms, once for all; tried beside the current one at any time.
          </span>
        </span>
      </label>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={swaps.changeNumberRequired}
          onChange={(event) => set({ changeNumberRequired: event.currentTarget.checked })}
        />
        <span>
          <strong>The customer’s own change number is required</strong>
          <span className={styles.note}>No window is set without it.</span>
        </span>
      </label>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={swaps.withCalendar}
          onChange={(event) => set({ withCalendar: event.currentTarget.checked })}
        />
        <span>
          <strong>The customer has a calendar</strong>
          <span className={styles.note}>
            Its time zone, working hours and freeze periods. Windows are proposed where it and ours both allow it.
          </span>
        </span>
      </label>
      {swaps.withCalendar ? (
        <>
          <CalendarEditor
            draft={swaps.calendar}
            faults={calendarFaultsOf(faults)}
            prefix="swaps.calendar."
            onChange={(calendar) => set({ calendar })}
          />
          <CalendarPicture calendar={calendarOf(swaps.calendar)} />
        </>
      ) : null}
    </Section>
  );
}

interface ApprovalsProperties {
  readonly swaps: SwapsDraft;
  readonly set: (changes: Partial<SwapsDraft>) => void;
}

function Approvals({ swaps, set }: ApprovalsProperties) {
  const { customerApproves } = swaps;
  const toggle = (name: SwapClass, on: boolean): void =>
    set({ customerApproves: on ? [...customerApproves, name] : customerApproves.filter((one) => one !== name) });
  return (
    <fieldset className={choiceStyles.choice}>
      <legend className={choiceStyles.legend}>The customer approves each swap of these classes</legend>
      {swapClasses.map((name) => (
        <label className={styles.tick} key={name}>
          <input
            type="checkbox"
            checked={customerApproves.includes(name)}
            onChange={(event) => toggle(name, event.currentTarget.checked)}
          />
          <span>{swapClassWords(name)}</span>
        </label>
      ))}
      <p className={styles.note}>We, the operator, approve each. The customer’s own certificates always need both.</p>
    </fieldset>
  );
}

function calendarFaultsOf(faults: SectionProperties['faults']): Readonly<Record<string, string>> {
  const prefix = 'swaps.calendar.';
  return Object.fromEntries(
    Object.entries(faults).flatMap(([path, message]) =>
      message !== undefined && path.startsWith(prefix) ? [[path.slice(prefix.length), message] as const] : [],
    ),
  );
}
