import type { SwapDetail } from '@sallyport/console-api';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { durationWords } from '../../words/time.ts';

/** Handshakes since the activation against an equal time before it; reads against those that the canary made with the old one. */
export function SwapObserved({ observation }: { observation: NonNullable<SwapDetail['observation']> }) {
  const { after, before, reads } = observation;
  const rows: readonly (readonly [id: string, what: string, since: number, earlier: number])[] = [
    ['handshakes', 'Handshakes', after.handshakes, before.handshakes],
    ['failed', 'Failed handshakes', after.failed, before.failed],
    ['refused', 'Certificate refused', after.refused, before.refused],
    ...(reads === undefined
      ? []
      : ([
          ['reads', 'Reads', reads.after.made, reads.before.made],
          ['reads-failed', 'Failed reads', reads.after.failed, reads.before.failed],
        ] as const)),
  ];
  return (
    <>
      <p>
        Since <Instant at={observation.since} />, for at least {durationWords(observation.seconds * 1000)};{' '}
        {acceptedWords(observation.accepted)}
      </p>
      <FactTable
        caption="Handshakes and reads, since the activation and before"
        columns={['What', 'Since', 'Before']}
        rows={rows.map(([id, what, since, earlier]) => ({ id, cells: [what, since, earlier] }))}
      />
    </>
  );
}

function acceptedWords(count: number): string {
  return count === 1
    ? 'one full handshake with a read was made for it and accepted.'
    : `${count} full handshakes with a read were made for it and accepted.`;
}
