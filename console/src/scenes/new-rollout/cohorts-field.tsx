import { Button, NativeSelect, TextInput } from '@mantine/core';
import { connectionsWords } from '../../words/rollout-preview.ts';
import styles from './rollout-form.module.css';
import { cohortSizeOf, cohortsOf, type CohortDraft } from './rollout-draft.ts';

interface CohortsFieldProperties {
  readonly cohorts: readonly CohortDraft[];
  /** How many connections the rollout has. */
  readonly connections: number;
  readonly fault: string | undefined;
  readonly onChange: (cohorts: readonly CohortDraft[]) => void;
}

/** How many have moved when each cohort is complete: a number or a share, with what that means for these connections. */
export function CohortsField({ cohorts, connections, fault, onChange }: CohortsFieldProperties) {
  const planned = cohortsOf({ cohorts }, connections);
  const rest = planned?.find(({ place }) => place === cohorts.length)?.connections ?? 0;
  const meaning = (place: number): string => {
    if (planned === null) return '';
    const number = planned.findIndex((one) => one.place === place);
    return number < 0
      ? 'nobody more: no cohort'
      : `cohort ${number + 1}: ${connectionsWords(planned[number]?.connections ?? 0)}`;
  };
  const set = (key: number, change: Partial<CohortDraft>): void =>
    onChange(cohorts.map((cohort) => (cohort.key === key ? { ...cohort, ...change } : cohort)));
  return (
    <fieldset className={styles.group} aria-describedby="cohorts-note">
      <legend className={styles.legend}>Cohorts</legend>
      <p className={styles.note} id="cohorts-note">
        Each one says how many have moved when it is complete. The next begins only when all of it are observed.
      </p>
      <ol className={styles.cohorts}>
        {cohorts.map((cohort, index) => (
          <li className={styles.cohort} key={cohort.key}>
            <TextInput
              className={styles.amount}
              aria-label={`Cohort ${index + 1}: how many`}
              inputMode="decimal"
              value={cohort.amount}
              error={cohortSizeOf(cohort) === null}
              onChange={(event) => set(cohort.key, { amount: event.currentTarget.value })}
            />
            <NativeSelect
              aria-label={`Cohort ${index + 1}: of what`}
              data={[
                { value: 'connections', label: 'connections' },
                { value: 'percent', label: '% of all' },
              ]}
              value={cohort.unit}
              onChange={(event) =>
                set(cohort.key, { unit: event.currentTarget.value === 'percent' ? 'percent' : 'connections' })
              }
            />
            <span className={styles.cohortMeans}>{meaning(index)}</span>
            <Button
              variant="default"
              size="compact-md"
              aria-label={`Take out cohort ${index + 1}`}
              disabled={cohorts.length === 1}
              onClick={() => onChange(cohorts.filter(({ key }) => key !== cohort.key))}
            >
              Take out
            </Button>
          </li>
        ))}
      </ol>
      {rest > 0 ? <p className={styles.note}>Then the other {connectionsWords(rest)}, as one more.</p> : null}
      {fault === undefined ? null : <p className={styles.fault}>{fault}</p>}
      <Button
        variant="default"
        size="compact-md"
        className={styles.add}
        disabled={cohorts.length >= 20}
        onClick={() =>
          onChange([
            ...cohorts,
            { key: Math.max(-1, ...cohorts.map(({ key }) => key)) + 1, amount: '100', unit: 'percent' },
          ])
        }
      >
        Add a cohort
      </Button>
    </fieldset>
  );
}
