import type { RevocationAnswer, ShownCertificate } from '@sallyport/console-api';
import { dateWords, lifeLeftWords, expiryTone } from '../../words/time.ts';
import { Pill } from '../../elements/pill.tsx';
import { commonName } from '../../words/distinguished-name.ts';
import { useNow } from '../../elements/instant.tsx';
import { answerWords } from './revocation/answer-words.ts';
import styles from './presented-chain.module.css';

const sentByFarSide: Readonly<Record<ShownCertificate['role'], string>> = {
  'end-entity': 'server certificate, sent by the far side',
  intermediate: 'intermediate, sent by the far side',
  anchor: 'trust anchor, from our list',
};

interface PresentedChainProperties {
  readonly path: readonly ShownCertificate[];
  readonly at: string;
  /** What answered about revocation, by the certificate's place in the path. */
  readonly revocation?: readonly RevocationAnswer[] | undefined;
  /** Who sends what, where it is not the far side that shows it. */
  readonly roles?: Readonly<Record<ShownCertificate['role'], string>>;
}

/** The judged path as a tree: the anchor at the top, the server's certificate below all that vouch for it. */
export function PresentedChain({ path, at, revocation = [], roles = sentByFarSide }: PresentedChainProperties) {
  if (path.length === 0) {
    return <p>No certificate was shown: the handshake ended before the far side sent one.</p>;
  }
  const anchored = path.at(-1)?.role === 'anchor';
  return (
    <>
      {anchored ? null : <p className={styles.open}>The chain ends without an anchor on the agreed list.</p>}
      <Branch certificates={path.toReversed()} at={at} revocation={revocation} roles={roles} />
    </>
  );
}

interface BranchProperties {
  /** The one that vouches for the others first. */
  readonly certificates: readonly ShownCertificate[];
  readonly at: string;
  readonly revocation: readonly RevocationAnswer[];
  readonly roles: Readonly<Record<ShownCertificate['role'], string>>;
}

function Branch({ certificates, at, revocation, roles }: BranchProperties) {
  const [certificate, ...below] = certificates;
  if (certificate === undefined) return null;
  const answers = revocation.filter(({ certificateIndex }) => certificateIndex === below.length);
  return (
    <ul className={styles.branch}>
      <li>
        <CertificateLine certificate={certificate} at={at} answers={answers} role={roles[certificate.role]} />
        {below.length === 0 ? null : <Branch certificates={below} at={at} revocation={revocation} roles={roles} />}
      </li>
    </ul>
  );
}

interface CertificateLineProperties {
  readonly certificate: ShownCertificate;
  readonly at: string;
  readonly answers: readonly RevocationAnswer[];
  readonly role: string;
}

function CertificateLine({ certificate, at, answers, role }: CertificateLineProperties) {
  const now = useNow();
  const inDate = at >= certificate.notBefore && at <= certificate.notAfter;
  return (
    <div className={styles.certificate}>
      <div className={styles.subject}>
        {commonName(certificate.subject)}
        {certificate.role === 'anchor' ? null : (
          <Pill tone={inDate ? expiryTone(certificate, now) : 'bad'}>
            {inDate ? lifeLeftWords(certificate.notAfter, now) : 'out of date'}
          </Pill>
        )}
      </div>
      <div className={styles.detail}>{role}</div>
      <div className={styles.detail}>
        {certificate.key} · {dateWords(certificate.notBefore)} to {dateWords(certificate.notAfter)}
      </div>
      {answers.length === 0 ? null : (
        <div className={styles.detail}>Revocation: {answers.map(answerWords).join('; ')}</div>
      )}
      <details className={styles.more}>
        <summary>Details</summary>
        <dl>
          <Detail term="Subject" value={certificate.subject} />
          <Detail term="Issuer" value={certificate.issuer} />
          {certificate.subjectAltNames.length === 0 ? null : (
            <Detail term="Names" value={certificate.subjectAltNames.join(', ')} />
          )}
          <Detail term="Serial number" value={certificate.serial} />
          <Detail term="SHA-256" value={certificate.sha256} />
        </dl>
      </details>
    </div>
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
