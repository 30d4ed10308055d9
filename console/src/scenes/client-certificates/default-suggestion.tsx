import type { ClientCertificate } from '@sallyport/console-api';
import { Link } from 'react-router';
import { Notice } from '../../elements/notice.tsx';
import { useNow } from '../../elements/instant.tsx';
import { dateWords, lifeLeftWords } from '../../words/time.ts';
import { suggestedDefault, type DefaultSuggestion } from './default-successor.ts';
import { MakeDefault } from './make-default.tsx';

/** Says that new connections are bound to what others have left, or should leave, and offers the change. */
export function DefaultSuggestionNotice({ certificates }: { certificates: readonly ClientCertificate[] }) {
  const now = useNow(60_000);
  const suggestion = suggestedDefault(certificates, now);
  if (suggestion === null) return null;
  const { isDefault, successor, serves } = suggestion;
  return (
    <Notice
      tone="info"
      title={`New connections are still bound to ${isDefault.name}, ${reasonWords(suggestion, now)}.`}
      action={<MakeDefault certificate={successor} />}
    >
      <p>
        <Link to={`/client-certificates/${successor.id}`}>{successor.name}</Link>, until {dateWords(successor.notAfter)}
        , serves {serves === 1 ? '1 connection' : `${serves} connections`} already: we, the operator, can make it the
        default. Connections that are there stay as they are.
      </p>
    </Notice>
  );
}

function reasonWords({ because, isDefault, successor }: DefaultSuggestion, now: number): string {
  switch (because) {
    case 'revoked':
      return 'which is revoked';
    case 'blocked':
      return 'which has findings that keep it from being used';
    case 'ends':
      return Date.parse(isDefault.notAfter) <= now
        ? `which has ${lifeLeftWords(isDefault.notAfter, now)}`
        : `which ends on ${dateWords(isDefault.notAfter)}`;
    case 'moved':
      return `and more connections present ${successor.name === isDefault.name ? 'the one that follows it' : successor.name}`;
  }
}
