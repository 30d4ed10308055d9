import type { ShownCertificate } from '@sallyport/console-api';
import { IconArrowNarrowDown } from '@tabler/icons-react';
import { useNow } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import { commonName } from '../../words/distinguished-name.ts';
import { dateWords, lifeLeftWords, expiryTone } from '../../words/time.ts';
import styles from './server-chain.module.css';

const roles = {
  'end-entity': 'ours: browsers are shown it',
  intermediate: 'intermediate: sent along',
  anchor: 'trust anchor: browsers must have it',
} as const;

/** The chain drawn from its root down to what the web tier shows. */
export function ServerChain({ chain, madeHere }: { chain: readonly ShownCertificate[]; madeHere: boolean }) {
  const now = useNow(60_000);
  const top = chain.at(-1);
  return (
    <ol className={styles.chain} aria-label="Chain, from its root to ours">
      {top === undefined || top.role === 'anchor' || top.subject === top.issuer ? null : (
        <li className={styles.step}>
          <div className={styles.missing}>
            {commonName(top.issuer)}
            <span className={styles.role}>not sent: browsers must know it as an authority</span>
          </div>
          <Arrow />
        </li>
      )}
      {chain.toReversed().map((one, index) => (
        <li className={styles.step} key={one.sha256}>
          <div className={styles.card} data-role={one.role}>
            <div className={styles.head}>
              <span className={styles.name}>{commonName(one.subject)}</span>
              <Pill tone={expiryTone(one, now)}>{lifeLeftWords(one.notAfter, now)}</Pill>
            </div>
            <span className={styles.role}>
              {madeHere ? 'signed by itself: no authority vouches for it' : roles[one.role]}
            </span>
            <span className={styles.role}>
              {one.key} · {dateWords(one.notBefore)} to {dateWords(one.notAfter)}
            </span>
          </div>
          {index === chain.length - 1 ? null : <Arrow />}
        </li>
      ))}
    </ol>
  );
}

function Arrow() {
  return (
    <span className={styles.arrow}>
      <IconArrowNarrowDown size={20} aria-hidden />
      signs
    </span>
  );
}
