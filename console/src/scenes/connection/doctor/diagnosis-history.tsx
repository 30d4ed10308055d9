import type { Diagnosis } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { FactTable } from '../../../elements/fact-table.tsx';
import { Instant } from '../../../elements/instant.tsx';
import { Pill } from '../../../elements/pill.tsx';
import { verdictWords } from './diagnosis-words.ts';

interface DiagnosisHistoryProperties {
  readonly list: readonly Diagnosis[];
  readonly shownId: string | null;
  readonly choose: (id: string) => void;
}

/** The runs that are kept, newest first; one is shown above. */
export function DiagnosisHistory({ list, shownId, choose }: DiagnosisHistoryProperties) {
  return (
    <FactTable
      caption="Runs of the doctor, newest first"
      narrow="stack"
      columns={['At', 'Verdict', 'Answer', 'Asked by', 'Handshakes', '']}
      rows={list.map((diagnosis) => {
        const { word, tone } = verdictWords[diagnosis.verdict];
        return {
          id: diagnosis.id,
          cells: [
            <Instant key="at" at={diagnosis.at} form="full" />,
            <Pill key="verdict" tone={tone}>
              {word}
            </Pill>,
            diagnosis.findings[0]?.cause ?? 'Nothing is wrong.',
            diagnosis.askedBy === 'person' ? 'a person' : 'itself, on a failure',
            diagnosis.handshakes,
            diagnosis.id === shownId ? (
              'shown above'
            ) : (
              <Button
                key="show"
                variant="default"
                size="compact-sm"
                aria-label={`Show the run of ${diagnosis.at}`}
                onClick={() => choose(diagnosis.id)}
              >
                Show
              </Button>
            ),
          ],
        };
      })}
    />
  );
}
