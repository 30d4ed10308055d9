import type { Swap, SwapDetail } from '@sallyport/console-api';
import { Link } from 'react-router';
import { Facts } from '../../elements/facts.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import { commonName } from '../../words/distinguished-name.ts';
import { swapActorWords } from '../../words/swap-evidence.ts';
import { swapClassWords } from '../../words/swap.ts';
import { dateWords } from '../../words/time.ts';
import styles from './swap-change.module.css';

/** The certificate that serves and the one that will, and what the change means for the far side. */
export function SwapChange({ swap }: { swap: SwapDetail }) {
  return (
    <>
      <div className={styles.pair}>
        {swap.current === null ? (
          <p className={styles.side}>No certificate was presented before.</p>
        ) : (
          <Side title={swap.activatedAt === null ? 'Serves now' : 'Served before'} certificate={swap.current} />
        )}
        <span className={styles.arrow} aria-hidden>
          →
        </span>
        <Side title={swap.activatedAt === null ? 'Next' : 'Next, activated'} certificate={swap.next} />
      </div>
      <Facts
        facts={[
          { term: 'For the far side', detail: `${swapClassWords(swap.class)}. ${swap.classSentence}` },
          {
            term: 'Matched by',
            detail: swap.matching === 'leaf' ? 'the certificate itself' : 'the authority and the name',
          },
          {
            term: 'Notice',
            detail: swap.emergency
              ? 'none: an emergency skips waiting, never checks nor the window that is approved'
              : swap.noticeDays === 0
                ? 'none needed'
                : `at least ${swap.noticeDays} days; no window begins before ${dateWords(swap.earliestAt)}`,
          },
          {
            term: 'Trusted by the customer',
            detail:
              swap.trustedAt === null ? (
                withoutWord(swap)
              ) : (
                <>
                  <Instant at={swap.trustedAt} form="full" />
                  {swap.trustedBy === null ? '' : `, recorded by ${swapActorWords(swap.trustedBy, swap.names)}`}
                </>
              ),
          },
          {
            term: 'Change number',
            detail: swap.changeNumber ?? (swap.changeNumberRequired ? 'required by the customer; missing' : 'none'),
          },
          ...(swap.activatedAt === null
            ? []
            : [
                {
                  term: 'Way back',
                  detail: swap.oldReady ? 'the old certificate is ready' : noWayBack(swap.state),
                },
              ]),
          {
            term: 'Proposed',
            detail: (
              <>
                {swapActorWords(swap.proposedBy, swap.names)}, <Instant at={swap.proposedAt} form="full" />
              </>
            ),
          },
          ...(swap.note === null ? [] : [{ term: 'Note', detail: swap.note }]),
        ]}
      />
    </>
  );
}

function Side({ title, certificate }: { title: string; certificate: Swap['next'] }) {
  return (
    <div className={styles.side}>
      <div className={styles.when}>{title}</div>
      <Link className={styles.name} to={`/client-certificates/${certificate.id}`}>
        {certificate.name}
      </Link>
      {certificate.revoked === true ? (
        <div>
          <Pill tone="bad">revoked</Pill>
        </div>
      ) : null}
      <div>
        {dateWords(certificate.notBefore)} to {dateWords(certificate.notAfter)}
      </div>
      <div className={styles.small}>{certificate.chain.map(commonName).join(' ‹ ')}</div>
      <code className={styles.small}>{certificate.sha256}</code>
    </div>
  );
}

function noWayBack(state: Swap['state']): string {
  if (state === 'done') return 'none any more: the old one is retired here';
  return state === 'rolled-back' ? 'taken: the old one serves again' : 'none: the old one cannot serve';
}

/** A rollout that names no time for its canaries makes them at once: then that is when it was proposed. */
const atOnceMilliseconds = 5000;

function withoutWord({ events, emergency, canaryAt, rolloutId, proposedAt }: SwapDetail): string {
  if (emergency) return 'not waited for in an emergency';
  if (rolloutId !== null && canaryAt !== null && Date.parse(canaryAt) - Date.parse(proposedAt) < atOnceMilliseconds)
    return 'not said; tried at once on our word alone, as the rollout was proposed';
  if (canaryAt !== null) return 'not said; to be tried at the agreed time';
  return events.some(({ step }) => step === 'announce-trust')
    ? 'not asked for each time: a standing change of the terms'
    : 'not said yet';
}
