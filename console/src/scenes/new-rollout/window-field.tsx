import type { RolloutPreview } from '@sallyport/console-api';
import { NativeSelect, Radio, TextInput } from '@mantine/core';
import { connectionsWords } from '../../words/rollout-preview.ts';
import { wallClock, windowWords } from '../../words/rollout-time.ts';
import { durationWords } from '../../words/time.ts';
import { chosenConnections, chosenWindow, cohortsOf, observationSeconds, type RolloutDraft } from './rollout-draft.ts';
import styles from './rollout-form.module.css';

const lengths: readonly (readonly [hours: number, words: string])[] = [
  [1, '1 hour'],
  [2, '2 hours'],
  [4, '4 hours'],
  [8, '8 hours'],
  [24, '1 day'],
  [72, '3 days'],
  [168, '7 days'],
];

interface WindowFieldProperties {
  readonly draft: RolloutDraft;
  readonly preview: RolloutPreview;
  readonly now: number;
  readonly fault: string | undefined;
  readonly onChange: (change: Partial<RolloutDraft>) => void;
}

/** When cohorts may move: times that suit many, in the operator's zone, each with how many could move in it; or one's own. */
export function WindowField({ draft, preview, now, fault, onChange }: WindowFieldProperties) {
  const { operatorTimeZone: zone, times, counts } = preview;
  const movable = counts.connections - counts.leftOut;
  const window = chosenWindow(draft, zone, now);
  const cohorts = cohortsOf(draft, chosenConnections(preview, draft).length)?.length ?? 0;
  const needed = (observationSeconds(draft) ?? 0) * 1000 * cohorts;
  return (
    <>
      <NativeSelect
        label="How long"
        className={styles.short}
        data={lengths.map(([hours, words]) => ({ value: String(hours), label: words }))}
        value={String(draft.hours)}
        // Another length has other times.
        onChange={(event) =>
          onChange({
            hours: Number(event.currentTarget.value),
            window: draft.window === 'own' || draft.window === 'now' ? draft.window : '',
          })
        }
      />
      <Radio.Group
        label={`Window, in ${zone}`}
        description="Cohorts move only within it. Proposed are times in our hours, outside of freeze periods and after the notice of the connections that they suit."
        value={draft.window}
        onChange={(value) => onChange({ window: value })}
        error={fault}
      >
        <div className={styles.times}>
          <Radio
            value="now"
            label={draft.emergency ? 'From now on: what is approved, and what customers are told' : 'From now on'}
          />
          {times.map(({ startsAt, operatorLocal, operatorLocalEnd, fits }) => (
            <Radio
              key={startsAt}
              value={startsAt}
              label={`${windowWords(operatorLocal, operatorLocalEnd)}: ${fits === movable ? (movable === 1 ? 'it can move' : `all ${movable} can move`) : `${fits} of ${movable} can move`}`}
            />
          ))}
          <Radio value="own" label="Another time" />
        </div>
      </Radio.Group>
      {times.length === 0 ? (
        <p className={styles.note}>
          No time within reach suits anybody: look at the freeze periods in Settings, and at what stands against the
          certificate.
        </p>
      ) : null}
      {draft.window === 'own' ? (
        <TextInput
          className={styles.short}
          type="datetime-local"
          label={`Begins, in ${zone}`}
          min={wallClock(now, zone)}
          value={draft.ownLocal}
          onChange={(event) => onChange({ ownLocal: event.currentTarget.value })}
        />
      ) : null}
      {window !== null && needed > window.endsAt - window.startsAt ? (
        <p className={styles.fault}>
          {cohorts === 1 ? '1 cohort, which is observed, takes' : `${cohorts} cohorts, each observed in turn, take`} at
          least {durationWords(needed)}; the window has {durationWords(window.endsAt - window.startsAt)}. What has not
          moved when it closes waits for another.
        </p>
      ) : null}
      {window === null ? null : (
        <p className={styles.note}>
          {windowWords(wallClock(window.startsAt, zone), wallClock(window.endsAt, zone))}; of all{' '}
          {connectionsWords(movable)} that could be in it, {counts.moves} could move.
        </p>
      )}
    </>
  );
}
