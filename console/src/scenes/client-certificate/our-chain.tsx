import type { ClientCertificateDetail, ShownCertificate } from '@sallyport/console-api';
import { IconArrowNarrowDown, IconDownload } from '@tabler/icons-react';
import { useNow } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { Pill } from '../../elements/pill.tsx';
import { commonName } from '../../words/distinguished-name.ts';
import { dateWords, lifeLeftWords, expiryTone } from '../../words/time.ts';
import styles from './our-chain.module.css';

const roles = {
  'end-entity': 'ours: we send it',
  intermediate: 'intermediate: we send it along',
  anchor: 'trust anchor: the far side must have it',
} as const;

/** The chain drawn from its root down to ours; what a connector had to fetch is marked. */
export function OurChain({ certificate }: { certificate: ClientCertificateDetail }) {
  const now = useNow(60_000);
  const { chain, fetchedSha256 } = certificate;
  const fetched = chain.filter(({ sha256 }) => fetchedSha256.includes(sha256));
  if (chain.length === 0) return <p>It is drawn when a connector has judged the certificate.</p>;
  const top = chain.at(-1);
  return (
    <>
      {fetched.length === 0 ? null : (
        <Notice tone="info" title="Some of it was not in what was brought here.">
          <p>
            A connector fetched {fetched.map(({ subject }) => commonName(subject)).join(', ')} from the address that the
            certificate names. It counts only as far as the checks accept it.
          </p>
        </Notice>
      )}
      <ol className={styles.chain} aria-label="Chain, from its root to ours">
        {top?.role === 'anchor' || top === undefined ? null : (
          <li className={styles.step}>
            <div className={styles.missing}>
              {commonName(top.issuer)}
              <span className={styles.role}>not here: the far side must know it as its authority for us</span>
            </div>
            <Arrow />
          </li>
        )}
        {chain.toReversed().map((one, index) => (
          <li className={styles.step} key={one.sha256}>
            <Card one={one} isFetched={fetchedSha256.includes(one.sha256)} now={now} />
            {index === chain.length - 1 ? null : <Arrow />}
          </li>
        ))}
      </ol>
    </>
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

function Card({ one, isFetched, now }: { one: ShownCertificate; isFetched: boolean; now: number }) {
  const { role, subject, issuer, key, notBefore, notAfter, serial, sha256, subjectAltNames } = one;
  const early = Date.parse(notBefore) > now;
  return (
    <div className={styles.card} data-role={role}>
      <div className={styles.head}>
        <span className={styles.name}>{commonName(subject)}</span>
        <Pill tone={early ? 'bad' : expiryTone(one, now)}>
          {early ? 'not valid yet' : lifeLeftWords(notAfter, now)}
        </Pill>
        {isFetched ? (
          <span className={styles.fetched}>
            <IconDownload size={14} aria-hidden /> fetched (AIA)
          </span>
        ) : null}
      </div>
      <span className={styles.role}>{roles[role]}</span>
      <Life notBefore={notBefore} notAfter={notAfter} now={now} />
      <span className={styles.role}>
        {key} · {dateWords(notBefore)} to {dateWords(notAfter)}
      </span>
      <details className={styles.more}>
        <summary>Details</summary>
        <dl>
          <Detail term="Subject" value={subject} />
          <Detail term="Issuer" value={issuer} />
          {subjectAltNames.length === 0 ? null : <Detail term="Names" value={subjectAltNames.join(', ')} />}
          <Detail term="Serial number" value={serial} />
          <Detail term="SHA-256" value={sha256} />
        </dl>
      </details>
    </div>
  );
}

/** How much of its life is spent; the words beside it say the same. */
function Life({ notBefore, notAfter, now }: { notBefore: string; notAfter: string; now: number }) {
  const begin = Date.parse(notBefore);
  const share = Math.min(1, Math.max(0, (now - begin) / Math.max(1, Date.parse(notAfter) - begin)));
  return (
    <svg className={styles.life} aria-hidden>
      <rect className={styles.left} width="100%" height="6" rx="3" />
      <rect className={styles.spent} width={`${(share * 100).toFixed(1)}%`} height="6" rx="3" />
    </svg>
  );
}

function Detail({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className="code">{value}</dd>
    </div>
  );
}
