import type { SideCalendar } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { Problem } from '../../../api/problem.ts';
import { useChangeOperatorCalendar, useOperatorCalendar } from '../../../api/swap-calendar.ts';
import { useAnnounce } from '../../../elements/announcement.tsx';
import { LiveLoader } from '../../../elements/live-loader.tsx';
import { Panel } from '../../../elements/panel.tsx';
import { ProblemNotice } from '../../../elements/problem-notice.tsx';
import {
  calendarFaults,
  calendarOf,
  draftOfCalendar,
  isTimeZone,
  type CalendarDraft,
  type CalendarFaults,
} from './calendar-draft.ts';
import { CalendarEditor } from './calendar-editor.tsx';
import styles from './operator-calendar.module.css';
import { CalendarPicture } from './calendar-picture.tsx';

/** When we change things and when not; a customer's own calendar is in the terms of each connection. */
export function OperatorCalendar() {
  const calendar = useOperatorCalendar();
  return (
    <Panel title="Our calendar for swaps">
      <p>
        Windows for swaps of client certificates are proposed where this calendar and the customer’s both allow it; the
        customer’s is in the terms of each connection. In an emergency waiting is skipped, and the calendars with it.
      </p>
      <LiveLoader query={calendar} what="the calendar">
        {(saved) => <Form saved={saved} key={JSON.stringify(saved)} />}
      </LiveLoader>
    </Panel>
  );
}

function Form({ saved }: { saved: SideCalendar }) {
  const save = useChangeOperatorCalendar();
  const announce = useAnnounce();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<CalendarDraft>(() => draftOfCalendar(saved));
  const [tried, setTried] = useState(false);
  const found = calendarFaults(draft);
  const faults: CalendarFaults = { ...refusedFaults(save.error), ...(tried ? found : {}) };
  const wanted = calendarOf(draft);
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(calendarOf(draftOfCalendar(saved)));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const [first, ...others] = Object.keys(found);
    if (first !== undefined) {
      announce(others.length === 0 ? 'One field needs another look.' : 'Some fields need another look.');
      form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    save.mutate(wanted, { onSuccess: () => announce('The calendar is saved.') });
  };
  return (
    <form className={styles.form} ref={form} onSubmit={submit} noValidate>
      <CalendarPicture calendar={wanted} />
      <CalendarEditor draft={draft} faults={faults} onChange={setDraft} />
      {save.isError ? <ProblemNotice problem={save.error} /> : null}
      <div className={styles.actions}>
        <Button type="submit" aria-busy={save.isPending} disabled={save.isPending || !isChanged}>
          {save.isPending ? 'Saving…' : 'Save the calendar'}
        </Button>
        <span className={styles.note}>
          {isChanged
            ? 'Not saved yet. Windows that are set already stay; one that touches a freeze period is told at its swap.'
            : isTimeZone(draft.timeZone)
              ? `Now it is ${localNow(draft.timeZone)} there.`
              : ''}
        </span>
      </div>
    </form>
  );
}

function refusedFaults(error: unknown): CalendarFaults {
  if (!(error instanceof Problem)) return {};
  return Object.fromEntries(error.fields.map(({ path, message }) => [path, message]));
}

function localNow(timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(new Date());
}
