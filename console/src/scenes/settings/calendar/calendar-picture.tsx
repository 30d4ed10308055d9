import type { SideCalendar } from '@sallyport/console-api';
import { useNow } from '../../../elements/instant.tsx';
import { calendarMonths } from './calendar-days.ts';
import styles from './calendar-picture.module.css';

const monthsShown = 6;
const marked = [1, 5, 10, 15, 20, 25, 30];
const legend = [
  { state: 'open', words: 'changes are made' },
  { state: 'closed', words: 'no working day' },
  { state: 'frozen', words: 'frozen' },
  { state: 'partly-frozen', words: 'frozen in part' },
] as const;

/** The next months, a row each and a cell a day; what it shows is also said in words by the list of periods. */
export function CalendarPicture({ calendar }: { calendar: SideCalendar }) {
  const now = useNow(60_000);
  const months = calendarMonths(calendar, now, monthsShown);
  const frozen = months.flatMap(({ days }) => days).filter(({ state }) => state.endsWith('frozen')).length;
  const label = `${months[0]?.label} to ${months.at(-1)?.label}: ${frozen === 0 ? 'no day is frozen' : `${frozen} ${frozen === 1 ? 'day is' : 'days are'} frozen, in whole or in part`}`;
  return (
    <figure className={styles.figure}>
      <div className={styles.grid} role="img" aria-label={label}>
        <span />
        {Array.from({ length: 31 }, (_, index) => (
          <span className={styles.mark} key={index}>
            {marked.includes(index + 1) ? index + 1 : ''}
          </span>
        ))}
        {months.map(({ month, label: name, days }) => (
          <MonthRow key={month} name={name} days={days} />
        ))}
      </div>
      <figcaption className={styles.legend}>
        {legend.map(({ state, words }) => (
          <span className={styles.entry} key={state}>
            <span className={styles.day} data-state={state} aria-hidden />
            {words}
          </span>
        ))}
        <span className={styles.entry}>
          <span className={styles.day} data-today aria-hidden />
          today
        </span>
      </figcaption>
    </figure>
  );
}

function MonthRow({ name, days }: { name: string; days: ReturnType<typeof calendarMonths>[number]['days'] }) {
  return (
    <>
      <span className={styles.month}>{name}</span>
      {Array.from({ length: 31 }, (_, index) => {
        const day = days[index];
        return day === undefined ? (
          <span key={index} />
        ) : (
          <span
            className={styles.day}
            data-state={day.state}
            data-today={day.isToday ? '' : undefined}
            key={index}
            title={day.words}
          />
        );
      })}
    </>
  );
}
