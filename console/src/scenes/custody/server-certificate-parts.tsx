import type { ServerCertificate } from '@sallyport/console-api';
import { CopyButton } from '../../elements/copy-button.tsx';
import { Facts } from '../../elements/facts.tsx';
import { Instant, useNow } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { actorWords } from '../../words/actor.ts';
import { commonName } from '../../words/distinguished-name.ts';
import { lifeLeftWords, expiryTone } from '../../words/time.ts';
import type { Tone } from '../../words/tone.ts';
import { FindingList } from '../client-certificate/finding-list.tsx';
import { OurChecks } from '../client-certificate/our-checks.tsx';
import styles from './custody.module.css';
import { ServerChain } from './server-chain.tsx';

const adviceTones: Readonly<Record<ServerCertificate['advice']['code'], Tone>> = {
  'replace-now': 'bad',
  'replace-soon': 'warn',
  'see-findings': 'warn',
  'give-a-certificate': 'info',
  nothing: 'ok',
};
const adviceTitles: Readonly<Record<ServerCertificate['advice']['code'], string>> = {
  'replace-now': 'Browsers refuse our own certificate.',
  'replace-soon': 'Our own certificate ends soon.',
  'see-findings': 'Something stands against our own certificate.',
  'give-a-certificate': 'Our own certificate was made on this machine.',
  nothing: 'Our own certificate is in order.',
};

/** What the web tier shows to browsers: what to do, its chain, the five checks, what was found, and its staple. */
export function ServerCertificateParts({ certificate }: { certificate: ServerCertificate }) {
  const now = useNow(60_000);
  const { advice, checks, findings, chain, isShownNow, notAfter, names } = certificate;
  const aside = (
    <Pill tone={isShownNow ? expiryTone(certificate, now) : 'idle'}>
      {isShownNow ? lifeLeftWords(notAfter, now) : 'not shown any more'}
    </Pill>
  );
  const facts = (
    <Facts
      facts={[
        { term: 'Names', detail: names.map((name) => name.replace(/^(?:dns|ip):/u, '')).join(', ') || 'none' },
        { term: 'Issuer', detail: commonName(certificate.issuer) },
        { term: 'Ends', detail: <Instant at={notAfter} form="full" /> },
        { term: 'Shown since', detail: <Instant at={certificate.shownSince} /> },
        {
          term: 'Judged',
          detail:
            certificate.judgedAt === null ? (
              'not yet: a connector does it within a minute'
            ) : (
              <Instant at={certificate.judgedAt} />
            ),
        },
        ...(isShownNow ? [{ term: 'Stapled answer', detail: <Staple certificate={certificate} /> }] : []),
        {
          term: 'SHA-256',
          detail: (
            <>
              <code>{certificate.sha256}</code> <CopyButton text={certificate.sha256} label="Copy the fingerprint" />
            </>
          ),
        },
      ]}
    />
  );
  if (!isShownNow)
    return (
      <Panel title={`Our own certificate before: ${commonName(certificate.subject)}`} aside={aside}>
        {facts}
      </Panel>
    );
  return (
    <>
      <Notice tone={adviceTones[advice.code]} title={adviceTitles[advice.code]}>
        <p>
          {advice.actor === null
            ? null
            : `${actorWords(advice.actor)} ${advice.code === 'give-a-certificate' ? 'can' : 'must'} act. `}
          {advice.message}
        </p>
      </Notice>
      <Panel title={`Our own certificate: ${commonName(certificate.subject)}`} aside={aside}>
        {facts}
        <h3 className={styles.sub}>Chain</h3>
        <ServerChain chain={chain} madeHere={certificate.madeHere} />
      </Panel>
      <Panel title="The five checks">
        {checks === null ? <p>They are shown when a connector has judged it.</p> : <OurChecks checks={checks} />}
      </Panel>
      <Panel title="What was found">
        <FindingList
          findings={findings}
          none={checks === null ? 'It has not been judged yet.' : 'Nothing stands against it.'}
        />
      </Panel>
    </>
  );
}

/** The authority's word that travels with each handshake, so that browsers need not ask for it. */
function Staple({ certificate: { staple, madeHere } }: { certificate: ServerCertificate }) {
  if (staple.isStapled && staple.nextUpdate !== null)
    return (
      <>
        in every handshake; fresh until <Instant at={staple.nextUpdate} form="full" />
      </>
    );
  if (madeHere) return 'none: no authority issued it';
  if (staple.error !== null)
    return (
      <>
        none: {staple.error.message} Asked again <Instant at={staple.nextFetchAt} />
      </>
    );
  return 'none yet: a connector fetches it';
}
