/** Until when far sides will go on accepting a certificate of this authority, and what changes before that. */
import { distrustAfterOf } from '@sallyport/tls-policy';
import { formatInstant, keyPurposes, type Certificate, type TrustAnchor, type UtcInstant } from '@sallyport/x509';
import {
  browserRule,
  clientAuthEnds,
  distrustSource,
  factsOf,
  lifetimeSource,
  publicLifetimes,
  type ClientAuthEnd,
} from './acceptance-facts.ts';
import { finding, ownerOf, type IntakeFinding, type IntakeInput } from './intake-finding.ts';

/** Part of a certificate's life after which it is renewed. */
const renewedAfter = 2 / 3;

/** @param anchor of the judged path; null where none was found */
export function acceptanceForecast(input: IntakeInput, anchor: TrustAnchor | null): readonly IntakeFinding[] {
  const distrusted = distrust(input, anchor);
  if (input.policy !== 'public-third-party') return distrusted;
  return [...(input.forServer === true ? [] : clientAuthSunset(input, anchor)), ...shorterLives(input), ...distrusted];
}

function clientAuthSunset({ endEntity, kind, at }: IntakeInput, anchor: TrustAnchor | null): readonly IntakeFinding[] {
  const purposes = endEntity.extensions.extendedKeyUsage;
  // Without clientAuth it cannot be used now; that is told elsewhere.
  if (purposes !== null && !purposes.includes(keyPurposes.clientAuth)) return [];
  const rule = ruleFor(endEntity, anchor);
  const ends = Date.parse(rule.ends);
  const base = {
    topic: 'acceptance-forecast' as const,
    actor: ownerOf(kind),
    from: rule.ends,
    source: rule.source,
    sourceDate: factsOf,
  };
  const who = rule === browserRule ? 'Public authorities issue' : `${rule.name} issues`;
  const advice = 'Agree on a private CA for client certificates with the other side before it ends.';
  if (at >= ends)
    return [
      finding({
        ...base,
        code: 'public-client-auth-ended',
        severity: 'warns',
        message: `${who} no certificates for client authentication since ${rule.ends.slice(0, 10)}: this one cannot be renewed there. ${advice}`,
      }),
    ];
  const renewal = endEntity.notBefore + (endEntity.notAfter - endEntity.notBefore) * renewedAfter;
  const last = renewal >= ends ? ' It is the last one from there.' : '';
  return [
    finding({
      ...base,
      code: 'public-client-auth-ends',
      severity: 'warns',
      message: `${who} no certificates for client authentication from ${rule.ends.slice(0, 10)} on.${last} ${advice}`,
    }),
  ];
}

function ruleFor(endEntity: Certificate, anchor: TrustAnchor | null): ClientAuthEnd {
  const names = `${endEntity.issuer.toString()}\n${anchor?.subject.toString() ?? ''}`
    .toLowerCase()
    .replaceAll('’', "'");
  return clientAuthEnds.find(({ organizations }) => organizations.some((part) => names.includes(part))) ?? browserRule;
}

/** The next shortening only: what comes after it is told when it is next. */
function shorterLives({ kind, at }: IntakeInput): readonly IntakeFinding[] {
  const next = publicLifetimes.find(({ from }) => Date.parse(from) > at);
  if (next === undefined) return [];
  const swaps = Math.round(365 / (next.days * renewedAfter));
  return [
    finding({
      topic: 'acceptance-forecast',
      code: 'public-lifetime-shortens',
      severity: 'informs',
      message: `Public certificates issued from ${next.from.slice(0, 10)} on live for ${next.days} days at most: about ${swaps} swaps a year.`,
      actor: ownerOf(kind),
      from: next.from,
      source: lifetimeSource,
      sourceDate: factsOf,
    }),
  ];
}

function distrust({ endEntity, kind }: IntakeInput, anchor: TrustAnchor | null): readonly IntakeFinding[] {
  const fingerprint = anchor?.certificate?.sha256;
  const date: UtcInstant | null = fingerprint === undefined ? null : distrustAfterOf(fingerprint);
  if (date === null || anchor === null) return [];
  const root = anchor.subject.toString();
  const day = formatInstant(date).slice(0, 10);
  const isAffected = endEntity.notBefore > date;
  return [
    finding({
      topic: 'acceptance-forecast',
      code: isAffected ? 'anchor-distrusted' : 'anchor-distrusted-for-newer',
      severity: 'warns',
      message: isAffected
        ? `${root} is not trusted for certificates issued after ${day}, as this one is: far sides that follow browsers’ lists refuse it.`
        : `${root} is not trusted for certificates issued after ${day}: the next one has to come from another authority.`,
      actor: ownerOf(kind),
      from: formatInstant(date),
      source: distrustSource,
      sourceDate: factsOf,
    }),
  ];
}
