import type { Handshake } from '@sallyport/console-api';
import { useHandshakes } from '../../api/handshakes.ts';
import { CheckMark } from '../../elements/check-mark.tsx';
import { EmptyState } from '../../elements/empty-state.tsx';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { SuiteName } from '../../elements/suite-name.tsx';
import { checkSentence } from '../../words/check-sentence.ts';
import { checkNames, checkWords } from '../../words/check.ts';
import styles from './handshake-history.module.css';

/** Every handshake that is kept, newest first, each with its five marks and the terms it ran under. */
export function HandshakeHistory({ connectionId }: { connectionId: string }) {
  const handshakes = useHandshakes(connectionId);
  return (
    <Panel title="Handshakes">
      <LiveLoader query={handshakes} what="the handshakes">
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="No handshake yet.">Check now makes the first one.</EmptyState>
          ) : (
            <FactTable
              caption="Handshakes, newest first"
              columns={['At', 'For', 'Verdict', 'Five checks', 'Negotiated', 'Said', 'Terms']}
              rows={list.map((handshake) => ({
                id: handshake.id,
                cells: [
                  <Instant key="at" at={handshake.at} form="full" />,
                  handshake.purpose,
                  <VerdictPill key="verdict" handshake={handshake} />,
                  <span key="marks" className={styles.marks}>
                    {checkNames.map((name) => (
                      <CheckMark
                        key={name}
                        name={checkWords[name].title}
                        status={handshake.report?.checks[name].status ?? null}
                      />
                    ))}
                  </span>,
                  handshake.tls === null ? (
                    '–'
                  ) : (
                    <span key="tls">
                      {handshake.tls.protocol}, <SuiteName suite={handshake.tls.suite} />
                    </span>
                  ),
                  sentenceOf(handshake),
                  handshake.termsVersion ?? '–',
                ],
              }))}
            />
          )
        }
      </LiveLoader>
    </Panel>
  );
}

function VerdictPill({ handshake }: { handshake: Handshake }) {
  const { verdict } = handshake;
  if (verdict === 'accepted') {
    return handshake.clientCertificateOutcome === 'refused' ? (
      <Pill tone="bad">Refused by them</Pill>
    ) : (
      <Pill tone="ok">Accepted</Pill>
    );
  }
  return verdict === 'refused' ? <Pill tone="bad">Refused by us</Pill> : <Pill tone="warn">No handshake</Pill>;
}

function sentenceOf(handshake: Handshake): string {
  const checks = handshake.report?.checks;
  const failed = checkNames.find((name) => checks?.[name].status === 'fail');
  if (checks !== undefined && failed !== undefined) return checkSentence(failed, checks[failed]);
  return handshake.error?.message ?? 'All is right.';
}
