import { Button, TextInput } from '@mantine/core';
import { useId, useRef } from 'react';
import { useAnnounce } from '../../../elements/announcement.tsx';
import type { CalendarDraft, CalendarFaults, FreezeDraft } from './calendar-draft.ts';
import styles from './calendar-editor.module.css';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const mostFreezes = 200;

interface CalendarEditorProperties {
  readonly draft: CalendarDraft;
  readonly faults: CalendarFaults;
  /** Before the names of the fields, so that a form finds the one with a fault. */
  readonly prefix?: string;
  readonly onChange: (draft: CalendarDraft) => void;
}

/** Time zone, hours, and freeze periods of one side. */
export function CalendarEditor({ draft, faults, prefix = '', onChange }: CalendarEditorProperties) {
  const zones = useId();
  const change = (changes: Partial<CalendarDraft>): void => onChange({ ...draft, ...changes });
  return (
    <div className={styles.editor}>
      <TextInput
        name={`${prefix}timeZone`}
        label="Time zone"
        description="By its IANA name, such as Europe/Berlin; everything below is wall-clock time there."
        list={zones}
        autoComplete="off"
        error={faults.timeZone}
        value={draft.timeZone}
        onChange={(event) => change({ timeZone: event.currentTarget.value })}
      />
      <datalist id={zones}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option value={zone} key={zone} />
        ))}
      </datalist>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={draft.withHours}
          onChange={(event) => change({ withHours: event.currentTarget.checked })}
        />
        <span>
          <strong>Changes begin only in working hours</strong>
          <span className={styles.note}>Left out, at any time.</span>
        </span>
      </label>
      {draft.withHours ? <Hours draft={draft} faults={faults} prefix={prefix} change={change} /> : null}
      <Freezes draft={draft} faults={faults} prefix={prefix} change={change} />
    </div>
  );
}

interface PartProperties {
  readonly draft: CalendarDraft;
  readonly faults: CalendarFaults;
  readonly prefix: string;
  readonly change: (changes: Partial<CalendarDraft>) => void;
}

function Hours({ draft, faults, prefix, change }: PartProperties) {
  const fault = useId();
  return (
    <>
      <fieldset className={styles.group} aria-describedby={faults['hours.days'] === undefined ? undefined : fault}>
        <legend className={styles.legend}>Days</legend>
        <div className={styles.days}>
          {weekdays.map((name, index) => (
            <label className={styles.day} key={name}>
              <input
                type="checkbox"
                name={index === 0 ? `${prefix}hours.days` : undefined}
                checked={draft.days.includes(index + 1)}
                onChange={(event) =>
                  change({
                    days: event.currentTarget.checked
                      ? [...draft.days, index + 1]
                      : draft.days.filter((day) => day !== index + 1),
                  })
                }
              />
              {name}
            </label>
          ))}
        </div>
        {faults['hours.days'] === undefined ? null : (
          <p className={styles.fault} id={fault}>
            {faults['hours.days']}
          </p>
        )}
      </fieldset>
      <div className={styles.two}>
        <TextInput
          name={`${prefix}hours.from`}
          label="From"
          type="time"
          error={faults['hours.from']}
          value={draft.from}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
        <TextInput
          name={`${prefix}hours.until`}
          label="Until"
          type="time"
          error={faults['hours.until'] ?? faults.hours}
          value={draft.until}
          onChange={(event) => change({ until: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

function Freezes({ draft, faults, prefix, change }: PartProperties) {
  const { freezes } = draft;
  const announce = useAnnounce();
  const add = useRef<HTMLButtonElement>(null);
  const set = (index: number, changes: Partial<FreezeDraft>): void =>
    change({ freezes: freezes.map((freeze, place) => (place === index ? { ...freeze, ...changes } : freeze)) });
  const remove = (index: number): void => {
    change({ freezes: freezes.filter((_, place) => place !== index) });
    announce('The period is taken out. It counts when the calendar is saved.');
    // The button that had the focus is gone.
    add.current?.focus();
  };
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>Freeze periods: nothing is changed from … until …</legend>
      {freezes.length === 0 ? <p className={styles.note}>None.</p> : null}
      <ol className={styles.freezes}>
        {freezes.map((freeze, index) => (
          <li className={styles.freeze} key={freeze.key}>
            <TextInput
              name={`${prefix}freezes.${index}.from`}
              label="From"
              type="datetime-local"
              error={faults[`freezes.${index}.from`]}
              value={freeze.from}
              onChange={(event) => set(index, { from: event.currentTarget.value })}
            />
            <TextInput
              name={`${prefix}freezes.${index}.until`}
              label="Until"
              type="datetime-local"
              error={faults[`freezes.${index}.until`] ?? faults[`freezes.${index}`]}
              value={freeze.until}
              onChange={(event) => set(index, { until: event.currentTarget.value })}
            />
            <TextInput
              name={`${prefix}freezes.${index}.reason`}
              label="Reason"
              placeholder="e.g. end of the year"
              maxLength={200}
              error={faults[`freezes.${index}.reason`]}
              value={freeze.reason}
              onChange={(event) => set(index, { reason: event.currentTarget.value })}
            />
            <Button
              variant="default"
              size="compact-md"
              aria-label={`Take out period ${index + 1}${freeze.reason === '' ? '' : `, ${freeze.reason}`}`}
              onClick={() => remove(index)}
            >
              Take out
            </Button>
          </li>
        ))}
      </ol>
      <div>
        <Button
          ref={add}
          variant="default"
          size="compact-md"
          disabled={freezes.length >= mostFreezes}
          onClick={() => {
            const key = Math.max(0, ...freezes.map((freeze) => freeze.key)) + 1;
            change({ freezes: [...freezes, { key, from: '', until: '', reason: '' }] });
          }}
        >
          Add a period
        </Button>
      </div>
    </fieldset>
  );
}
