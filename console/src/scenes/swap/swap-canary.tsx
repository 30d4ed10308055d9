import type { SwapDetail } from '@sallyport/console-api';
import { Instant } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import type { Tone } from '../../words/tone.ts';
import styles from './swap-canary.module.css';

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
          <ul className={styles.addresses} aria-label="Canary by address">
            {canary.addresses.map(({ address, next, current }) => (
              <li className={styles.address} key={address ?? 'proxy'}>
                <strong>{address ?? 'Through the forward proxy'}</strong>
                <div className={styles.pair}>
                  <Sights title="With the next certificate" sight={next} />
                  <Sights title="With the current one" sight={current} />
                </div>
              </li>
            ))}
          </ul>
          {canary.differences.length === 0 ? (
            <p>
              {canary.addresses.some(({ current }) => current !== null)
                ? 'The far side treats both alike.'
                : 'Nothing was compared: the current one may not be shown any more.'}
            </p>
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

function Sights({ title, sight }: { title: string; sight: Sight | null }) {
  if (sight === null)
    return (
      <div className={styles.sight}>
        <div className={styles.title}>{title}</div>
        not tried: it may not be shown any more
      </div>
    );
  const seen = [
    sight.protocol,
    sight.suite,
    sight.httpStatus === null ? null : `HTTP ${sight.httpStatus}`,
    sight.account === null ? null : `as ${sight.account}`,
    sight.message,
  ].filter((word) => word !== null);
  return (
    <div className={styles.sight}>
      <div className={styles.title}>
        {title} <Pill tone={outcomes[sight.outcome]}>{sight.outcome}</Pill>
      </div>
      {seen.join(', ')}
    </div>
  );
}
