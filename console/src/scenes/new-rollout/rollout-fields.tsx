/** The single fields of a rollout's form. */
import type { RolloutPreview } from '@sallyport/console-api';
import { NativeSelect, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { connectionsWords } from '../../words/rollout-preview.ts';
import { wallClock } from '../../words/rollout-time.ts';
import { ConnectionChoice } from './connection-choice.tsx';
import { chosenConnections, unitSeconds, type RolloutDraft } from './rollout-draft.ts';
import styles from './rollout-form.module.css';

interface RolloutFieldsProperties {
  readonly draft: RolloutDraft;
  readonly preview: RolloutPreview;
  readonly now: number;
  readonly onChange: (change: Partial<RolloutDraft>) => void;
}

type FieldProperties = Pick<RolloutFieldsProperties, 'draft' | 'onChange'> & { readonly fault: string | undefined };

/** All that use it, or a choice of them. */
export function WhichField({
  draft,
  preview,
  fault,
  onChange,
}: FieldProperties & Pick<RolloutFieldsProperties, 'preview'>) {
  const [isChoice, setIsChoice] = useState(draft.without.size + draft.first.size > 0);
  const movable = preview.counts.connections - preview.counts.leftOut;
  return (
    <>
      <Radio.Group
        label="Which connections"
        value={isChoice || draft.without.size > 0 ? 'choice' : 'all'}
        onChange={(value) => {
          setIsChoice(value === 'choice');
          if (value === 'all') onChange({ without: new Set(), first: new Set() });
        }}
        error={fault}
      >
        <div className={styles.times}>
          <Radio value="all" label={`All that use it: ${connectionsWords(movable)}`} />
          <Radio value="choice" label="A choice of them, or some of them first" />
        </div>
      </Radio.Group>
      {isChoice || draft.without.size > 0 ? (
        <ConnectionChoice candidates={preview.connections} draft={draft} onChange={onChange} />
      ) : null}
    </>
  );
}

export function CanaryField({
  draft: { canary },
  preview,
  now,
  fault,
  onChange,
}: FieldProperties & Pick<RolloutFieldsProperties, 'preview' | 'now'>) {
  const zone = preview.operatorTimeZone;
  return (
    <>
      <Radio.Group
        label="Canaries"
        description="Each connection is tried with the next certificate while the current one serves."
        value={canary.when}
        onChange={(when) => onChange({ canary: { ...canary, when: when === 'later' ? 'later' : 'now' } })}
        error={canary.when === 'now' ? fault : undefined}
      >
        <div className={styles.times}>
          <Radio value="now" label="As soon as it is proposed, on our word alone" />
          <Radio value="later" label="At an agreed time" />
        </div>
      </Radio.Group>
      {canary.when === 'later' ? (
        <TextInput
          className={styles.short}
          type="datetime-local"
          label={`Canaries from, in ${zone}`}
          min={wallClock(now, zone)}
          value={canary.local}
          error={fault}
          onChange={(event) => onChange({ canary: { when: 'later', local: event.currentTarget.value } })}
        />
      ) : null}
    </>
  );
}

/** A canary that comes before the customer has entered the next certificate is refused, and rests for a day. */
export function UntrustedYet({ draft, preview }: Pick<RolloutFieldsProperties, 'draft' | 'preview'>) {
  const changed = chosenConnections(preview, draft).filter((candidate) => candidate.class !== 'no-change').length;
  if (changed === 0 || draft.canary.when !== 'now') return null;
  return (
    <p className={styles.fault}>
      {changed === 1 ? 'The far side of 1 connection' : `The far sides of ${changed} connections`} must trust it first:
      agree on a time with those customers. A canary that is refused rests for 24 hours.
    </p>
  );
}

export function ObservationField({ draft: { observation }, fault, onChange }: FieldProperties) {
  return (
    <div className={styles.pair}>
      <TextInput
        className={styles.short}
        label="Each cohort is observed for"
        inputMode="decimal"
        value={observation.amount}
        error={fault}
        onChange={(event) => onChange({ observation: { ...observation, amount: event.currentTarget.value } })}
      />
      <NativeSelect
        aria-label="Unit of the observation"
        data={Object.keys(unitSeconds)}
        value={observation.unit}
        onChange={(event) => {
          const unit = event.currentTarget.value as RolloutDraft['observation']['unit'];
          onChange({ observation: { ...observation, unit } });
        }}
      />
    </div>
  );
}

export function EmergencyTick({
  draft,
  isTrue,
  onChange,
}: Pick<RolloutFieldsProperties, 'draft' | 'onChange'> & { isTrue: boolean }) {
  return (
    <label className={styles.pair}>
      <input
        type="checkbox"
        checked={draft.emergency}
        onChange={(event) =>
          onChange({
            emergency: event.currentTarget.checked,
            ...(event.currentTarget.checked ? { window: 'now' } : {}),
          })
        }
      />
      <span>
        Emergency:{' '}
        {isTrue ? 'what it replaces is revoked or has ended.' : 'only where the current one is revoked or has ended.'}{' '}
        <span className={styles.note}>
          Skips notice, freeze periods and the customers’ word; never checks, canaries or the window that is approved.
          So the window begins now.
        </span>
      </span>
    </label>
  );
}
