import type { SwapDetail } from '@sallyport/console-api';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { durationWords } from '../../words/time.ts';

/** Handshakes since the activation against an equal time before it; reads against those that the canary made with the old one. */
export function SwapObserved({ observation }: { observation: NonNullable<SwapDetail['observation']> }) {
  const rows = [
    { id: 'after', name: 'Since the activation', rate: observation.after, reads: observation.reads.after },
    { id: 'before', name: 'Before it', rate: observation.before, reads: observation.reads.before },
  ];
  return (
    <>
      <p>
        Since <Instant at={observation.since} />, for at least {durationWords(observation.seconds * 1000)};{' '}
        {acceptedWords(observation.accepted)}
      </p>
      <FactTable
        caption="Handshakes and reads, before and after"
        columns={['When', 'Handshakes', 'Failed', 'Certificate refused', 'Reads', 'Reads failed']}
        rows={rows.map(({ id, name, rate, reads }) => ({
          id,
          cells: [name, rate.handshakes, rate.failed, rate.refused, reads.made, reads.failed],
        }))}
      />
    </>
  );
}

function acceptedWords(count: number): string {
  return count === 1
    ? 'one full handshake with a read was made for it and accepted.'
    : `${count} full handshakes with a read were made for it and accepted.`;
}
