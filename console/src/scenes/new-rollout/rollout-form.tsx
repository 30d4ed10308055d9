import type { ClientCertificate, RolloutPreview } from '@sallyport/console-api';
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { useProposeRollout, useRolloutPreview } from '../../api/rollouts.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { EmptyState } from '../../elements/empty-state.tsx';
import { useNow } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { Waiting } from '../../elements/waiting.tsx';
import { connectionsWords } from '../../words/rollout-preview.ts';
import { dateWords } from '../../words/time.ts';
import { CohortsField } from './cohorts-field.tsx';
import { PreviewSummary } from './preview-summary.tsx';
import {
  chosenConnections,
  emptyRolloutDraft,
  missingOf,
  previewWishOf,
  rolloutRequest,
  type RolloutDraft,
} from './rollout-draft.ts';
import { CanaryField, EmergencyTick, ObservationField, UntrustedYet, WhichField } from './rollout-fields.tsx';
import styles from './rollout-form.module.css';
import { WindowField } from './window-field.tsx';

interface RolloutFormProperties {
  readonly certificate: ClientCertificate;
  readonly replaces: string;
}

/** Everything of a rollout but its certificate, with what it would be beside it. */
export function RolloutForm({ certificate, replaces }: RolloutFormProperties) {
  const now = useNow(30_000);
  const [draft, setDraft] = useState(() => emptyRolloutDraft(certificate.id, replaces));
  const [zone, setZone] = useState('UTC');
  const preview = useRolloutPreview(previewWishOf(draft, zone, now));
  const shown = preview.data;
  // The first answer tells the zone in which times are typed.
  if (shown !== undefined && shown.operatorTimeZone !== zone) setZone(shown.operatorTimeZone);
  const change = (part: Partial<RolloutDraft>): void => setDraft((before) => ({ ...before, ...part }));
  if (shown === undefined)
    return preview.isError ? (
      <ProblemNotice problem={preview.error} retry={() => void preview.refetch()} />
    ) : (
      <Waiting what="what the rollout would be" />
    );
  if (shown.inUse.length === 0)
    return (
      <EmptyState title="No connection uses another certificate of ours.">
        Whatever goes with a certificate of the operator goes with this one already. A customer’s own certificate is
        swapped on the <Link to={`/client-certificates/${certificate.id}`}>certificate’s page</Link>.
      </EmptyState>
    );
  return (
    <>
      {preview.isError ? <ProblemNotice problem={preview.error} retry={() => void preview.refetch()} /> : null}
      <Fields draft={draft} preview={shown} now={now} isStale={preview.isPlaceholderData} onChange={change} />
    </>
  );
}

interface FieldsProperties {
  readonly draft: RolloutDraft;
  readonly preview: RolloutPreview;
  readonly now: number;
  readonly isStale: boolean;
  readonly onChange: (change: Partial<RolloutDraft>) => void;
}

function Fields({ draft, preview, now, isStale, onChange }: FieldsProperties) {
  const [tried, setTried] = useState(false);
  const missing = missingOf(draft, preview, now);
  const told = tried ? missing : {};
  const replaced = preview.inUse.find(({ certificateId }) => certificateId === preview.replaces);
  return (
    <>
      <Panel title="What it replaces, and where">
        <div className={styles.fields}>
          <NativeSelect
            label="Replaces"
            data={preview.inUse.map(({ certificateId, name, connections, notAfter }) => ({
              value: certificateId,
              label: `${name}: ${connectionsWords(connections)}, ends ${dateWords(notAfter)}`,
            }))}
            value={preview.replaces ?? ''}
            onChange={(event) =>
              onChange({ replaces: event.currentTarget.value, without: new Set(), first: new Set() })
            }
          />
          {replaced?.unusable === true || draft.emergency ? (
            <EmergencyTick draft={draft} isTrue={replaced?.unusable === true} onChange={onChange} />
          ) : null}
          <WhichField draft={draft} preview={preview} fault={told.connections} onChange={onChange} />
        </div>
      </Panel>
      <div className={styles.split}>
        <Panel title="How it goes">
          <div className={styles.fields}>
            <CanaryField draft={draft} preview={preview} now={now} fault={told.canary} onChange={onChange} />
            <UntrustedYet draft={draft} preview={preview} />
            <CohortsField
              cohorts={draft.cohorts}
              connections={chosenConnections(preview, draft).length}
              fault={told.cohorts}
              onChange={(cohorts) => onChange({ cohorts })}
            />
            <ObservationField draft={draft} fault={told.observation} onChange={onChange} />
          </div>
        </Panel>
        <Panel title="When it goes">
          <div className={styles.fields}>
            <WindowField draft={draft} preview={preview} now={now} fault={told.window} onChange={onChange} />
          </div>
        </Panel>
      </div>
      <Panel title="For the records">
        <div className={styles.fields}>
          <TextInput
            className={styles.short}
            label="Change number"
            description="Where the terms of some ask for the customer’s own, it is written on each of its swaps."
            maxLength={100}
            value={draft.changeNumber}
            onChange={(event) => onChange({ changeNumber: event.currentTarget.value })}
          />
          <Textarea
            label="Note"
            maxLength={1000}
            autosize={false}
            rows={2}
            value={draft.note}
            onChange={(event) => onChange({ note: event.currentTarget.value })}
          />
        </div>
      </Panel>
      <PreviewSummary
        draft={draft}
        preview={preview}
        isStale={isStale}
        onLeaveOut={(ids) => onChange({ without: new Set([...draft.without, ...ids]) })}
      />
      <Propose
        draft={draft}
        preview={preview}
        now={now}
        missing={Object.values(missing)}
        onTried={() => setTried(true)}
      >
        {tried && Object.keys(missing).length > 0 ? (
          <p className={styles.fault} role="alert">
            Not proposed yet. {Object.values(missing).join(' ')}
          </p>
        ) : null}
      </Propose>
    </>
  );
}

interface ProposeProperties {
  readonly draft: RolloutDraft;
  readonly preview: RolloutPreview;
  readonly now: number;
  readonly missing: readonly string[];
  readonly onTried: () => void;
  readonly children: ReactNode;
}

function Propose({ draft, preview, now, missing, onTried, children }: ProposeProperties) {
  const propose = useProposeRollout();
  const navigate = useNavigate();
  const submit = (): void => {
    onTried();
    if (missing.length > 0 || preview.nextObstacle !== null) return;
    propose.mutate(rolloutRequest(draft, preview, now), {
      onSuccess: ({ id }) => void navigate(`/rollouts/${id}`),
    });
  };
  return (
    <>
      <div className={styles.actions}>
        <ActionButton variant="filled" busyWord="Proposing" busy={propose.isPending} onClick={submit}>
          Propose the rollout
        </ActionButton>
        <span className={styles.note}>Then every connection is tried with it; nothing moves before you approve.</span>
      </div>
      {children}
      {propose.isError ? <ProblemNotice problem={propose.error} /> : null}
    </>
  );
}
