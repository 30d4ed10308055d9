import type { ClientCertificateDetail } from '@sallyport/console-api';
import { useSwaps } from '../../api/swaps.ts';
import { useNow } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { actorWords } from '../../words/actor.ts';
import { dateWords, instantWords } from '../../words/time.ts';
import { lookOf } from '../client-certificates/look-of.ts';

/** The answer first: usable, not yet judged, or what is wrong and who must act. */
export function CertificateVerdict({ certificate }: { certificate: ClientCertificateDetail }) {
  const now = useNow(60_000);
  const { retirement } = certificate;
  const blocking = certificate.findings.filter(({ severity }) => severity === 'blocks');
  const swaps = useSwaps({ certificateId: certificate.id }).data ?? [];
  const { look } = lookOf(certificate, swaps, now);
  if (retirement !== null) {
    return (
      <Notice
        tone="idle"
        title={`It is retired since ${dateWords(retirement.retiredAt)}, by ${retirement.retiredByName ?? retirement.retiredBy}: ${retirement.reason}`}
      >
        <p>
          {retirement.keyDestroyedAt === null
            ? 'Its private key lives on, because another certificate has the same one; it is destroyed with that.'
            : `Its private key was destroyed on ${instantWords(retirement.keyDestroyedAt)}.`}{' '}
          What is on record of it is kept.
        </p>
      </Notice>
    );
  }
  if (blocking.length > 0) {
    return (
      <Notice tone="bad" title="It cannot be used as it is.">
        {blocking.map(({ code, message, actor }) => (
          <p key={`${code} ${message}`}>
            {message} {actor === null ? null : `${actorWords(actor)} must act.`}
          </p>
        ))}
      </Notice>
    );
  }
  if (look !== null) return <Notice tone={look.tone} title={`${certificate.name} ${look.words}`} />;
  if (certificate.judgedAt === null) {
    return (
      <Notice tone="idle" title="No connector has judged it yet.">
        <p>The next free connector opens it, runs the checks and writes down what it finds.</p>
      </Notice>
    );
  }
  return certificate.warnings === 0 ? (
    <Notice tone="ok" title="It is in order." />
  ) : (
    <Notice tone="warn" title="It can be used. What was found below will matter later." />
  );
}
