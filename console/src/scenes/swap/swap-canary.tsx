import type { SwapDetail } from '@sallyport/console-api';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import type { Tone } from '../../words/tone.ts';

type Canary = NonNullable<SwapDetail['canary']>;
type Sight = Canary['addresses'][number]['next'];

const outcomes: Readonly<Record<Sight['outcome'], Tone>> = { accepted: 'ok', refused: 'bad', failed: 'warn' };

/** What each address of the far side made of the next certificate, and of the current one at the same time. */
export function SwapCanary({ swap }: { swap: SwapDetail }) {
  const { canary, canaryAt, canaryNotBefore } = swap;
  return (
    <>
      {canary === null ? (
        canaryAt === null ? null : (
          <p>
            Agreed for <Instant at={canaryAt} form="full" />.
          </p>
        )
      ) : (
        <>
          <FactTable
            caption="Canary by address"
            columns={['Address', 'With the next certificate', 'With the current one']}
            rows={canary.addresses.map(({ address, next, current }) => ({
              id: address ?? 'proxy',
              cells: [
                address ?? 'through the forward proxy',
                <Sights key="next" sight={next} />,
                current === null ? 'not tried' : <Sights key="current" sight={current} />,
              ],
            }))}
          />
          {canary.differences.length === 0 ? (
            <p>The far side treats both alike.</p>
          ) : (
            <ul>
              {canary.differences.map((difference) => (
                <li key={difference}>{difference}</li>
              ))}
            </ul>
          )}
        </>
      )}
      {canaryNotBefore === null ? null : (
        <p>
          A refusal is not tried again by itself before <Instant at={canaryNotBefore} form="full" />.
        </p>
      )}
    </>
  );
}

function Sights({ sight }: { sight: Sight }) {
  const seen = [
    sight.protocol,
    sight.suite,
    sight.httpStatus === null ? null : `HTTP ${sight.httpStatus}`,
    sight.account === null ? null : `as ${sight.account}`,
    sight.message,
  ].filter((word) => word !== null);
  return (
    <>
      <Pill tone={outcomes[sight.outcome]}>{sight.outcome}</Pill> {seen.join(', ')}
    </>
  );
}
