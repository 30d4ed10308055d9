import type { ClientCertificateDetail } from '@sallyport/console-api';
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useConnections } from '../../api/connections.ts';
import { useProposeSwap, useSwapPreview, useSwaps } from '../../api/swaps.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useNow } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { instantOfUtcField, utcFieldOf } from '../../words/utc-field.ts';
import formStyles from '../new-connection/connection-form.module.css';
import { canaryTimeOver } from '../swap/canary-time.tsx';
import { SwapWarnings } from '../swap/swap-warnings.tsx';
import { ProposeSwapPreview } from './propose-swap-preview.tsx';
import { ProposeSwapWindow } from './propose-swap-window.tsx';
import { chosenWindow, type WhenChosen } from './propose-swap-when.ts';

/** Of the API: a second to a week. */
const observationSeconds = { least: 1, most: 604_800 } as const;

/** Proposes that a connection goes over to this certificate; nothing moves yet. */
export function ProposeSwap({ certificate }: { certificate: ClientCertificateDetail }) {
  const connections = useConnections();
  const propose = useProposeSwap();
  const navigate = useNavigate();
  const now = useNow();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [emergency, setEmergency] = useState(false);
  const [when, setWhen] = useState<WhenChosen>('first');
  const [hours, setHours] = useState(4);
  const [observation, setObservation] = useState('15');
  const [canaryText, setCanaryText] = useState('');
  const [changeNumber, setChangeNumber] = useState('');
  const [note, setNote] = useState('');
  const fitting = (connections.data ?? []).filter(
    (connection) =>
      connection.clientCertificate !== null &&
      connection.clientCertificate.id !== certificate.id &&
      (certificate.customerId === null || connection.customer.id === certificate.customerId),
  );
  // Where there is one only, it is meant.
  const connectionId = chosenId ?? (fitting.length === 1 ? (fitting[0]?.id ?? '') : '');
  const choice = { connectionId, certificateId: certificate.id, emergency };
  const preview = useSwapPreview(choice, hours);
  if (fitting.length === 0) return null;
  const canaryAt = instantOfUtcField(canaryText);
  const isCanaryOver = canaryAt !== null && Date.parse(canaryAt) <= now;
  const seconds = secondsOf(observation);
  const send = (): void => {
    const window = preview.data === undefined ? null : chosenWindow(when, hours, preview.data.times);
    propose.mutate(
      {
        ...choice,
        ...(seconds === null ? {} : { observationSeconds: seconds }),
        ...(window === null ? {} : { windowStartsAt: window.startsAt, windowEndsAt: window.endsAt }),
        ...(canaryAt === null ? {} : { canaryAt }),
        ...(changeNumber.trim() === '' ? {} : { changeNumber: changeNumber.trim() }),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      },
      { onSuccess: ({ id }) => void navigate(`/swaps/${id}`) },
    );
  };
  const isLacking = preview.data?.changeNumberRequired === true && changeNumber.trim() === '';
  return (
    <Panel title="Swap a connection over to it">
      <div className={formStyles.form}>
        <NativeSelect
          label="Connection"
          description="Nothing moves yet: the swap is checked, announced, tried beside the current certificate and approved first."
          data={[
            { value: '', label: 'Choose' },
            ...fitting.map(({ id, name, clientCertificate }) => ({
              value: id,
              label: `${name}, now with ${clientCertificate?.name ?? 'none'}`,
            })),
          ]}
          value={connectionId}
          onChange={(event) => setChosenId(event.currentTarget.value)}
        />
        {connectionId === '' ? null : (
          <>
            <label className={formStyles.tick}>
              <input
                type="checkbox"
                checked={emergency}
                onChange={(event) => {
                  setEmergency(event.currentTarget.checked);
                  setWhen(event.currentTarget.checked ? 'now' : 'first');
                }}
              />
              <span>
                Emergency: the current one is revoked, has ended, or is refused with no way back
                <span className={formStyles.note}>
                  Skips notice, freeze periods and the customer’s word; never checks, nor the window that is approved.
                </span>
              </span>
            </label>
            {preview.isError ? (
              <>
                <ProblemNotice problem={preview.error} retry={() => void preview.refetch()} />
                <OpenSwap connectionId={connectionId} />
              </>
            ) : preview.data === undefined ? null : (
              <>
                <ProposeSwapPreview preview={preview.data} emergency={emergency} />
                <SwapWarnings warnings={preview.data.warnings} />
                <ProposeSwapWindow
                  times={preview.data.times}
                  mayBeNow={emergency || preview.data.noticeDays === 0}
                  when={when}
                  onWhen={setWhen}
                  hours={hours}
                  onHours={setHours}
                />
              </>
            )}
            <div className={formStyles.two}>
              <TextInput
                type="number"
                min={0}
                step="any"
                label="Observed for at least (minutes)"
                description="Handshakes after the activation are held against the time before."
                error={seconds === null ? 'Between a second and a week.' : null}
                value={observation}
                onChange={(event) => setObservation(event.currentTarget.value)}
              />
              <TextInput
                type="datetime-local"
                label="Agreed time of the canary (UTC)"
                description="Only where the customer will not say that it trusts the certificate."
                min={utcFieldOf(new Date(now).toISOString())}
                error={isCanaryOver ? canaryTimeOver : null}
                value={canaryText}
                onChange={(event) => setCanaryText(event.currentTarget.value)}
              />
              <TextInput
                label="Change number"
                required={preview.data?.changeNumberRequired === true}
                description={
                  preview.data?.changeNumberRequired === true
                    ? 'The customer requires their own.'
                    : 'The customer’s own, where there is one.'
                }
                maxLength={100}
                value={changeNumber}
                onChange={(event) => setChangeNumber(event.currentTarget.value)}
              />
              <TextInput
                label="Note"
                description="Kept with the evidence."
                maxLength={1000}
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
            </div>
          </>
        )}
        <div className={formStyles.actions}>
          <ActionButton
            variant="filled"
            busyWord="Proposing"
            busy={propose.isPending}
            disabled={
              connectionId === '' ||
              preview.data === undefined ||
              // It would not even be made.
              preview.data.refusal?.code === 'no-emergency' ||
              isLacking ||
              isCanaryOver ||
              seconds === null
            }
            onClick={send}
          >
            Propose the swap
          </ActionButton>
          {isLacking ? <span className={formStyles.note}>Give the customer’s change number first.</span> : null}
        </div>
        {propose.isError ? (
          <>
            <ProblemNotice problem={propose.error} />
            <OpenSwap connectionId={connectionId} />
          </>
        ) : null}
      </div>
    </Panel>
  );
}

/** The way to the swap that is in the way of another; nothing where none is. */
function OpenSwap({ connectionId }: { connectionId: string }) {
  const swaps = useSwaps({ connectionId });
  const open = swaps.data?.find(({ state }) => !['done', 'cancelled', 'rolled-back'].includes(state));
  return open === undefined ? null : <Link to={`/swaps/${open.id}`}>To the swap that is under way</Link>;
}

/** Null where it is no length that is possible. */
function secondsOf(minutes: string): number | null {
  const { least, most } = observationSeconds;
  const seconds = minutes.trim() === '' ? Number.NaN : Math.round(Number(minutes) * 60);
  return seconds >= least && seconds <= most ? seconds : null;
}
