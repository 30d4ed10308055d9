import type { TermsDocument } from '@sallyport/console-api';

type Mode = TermsDocument['revocation'];
type Rules = NonNullable<TermsDocument['revocationRules']>;

const modes: Readonly<Record<Mode, string>> = {
  hard: 'What cannot be told is refused.',
  soft: 'What cannot be told passes, visibly as “unknown”. What is revoked is refused.',
  off: 'Revocation is not looked at.',
};

/** What the terms say about revocation, a sentence each; the first is the mode. */
export function revocationRuleSentences(mode: Mode, rules: Rules | null): readonly string[] {
  if (rules === null) return [modes[mode]];
  const { graceHours = 0, greatestAgeHours, crlAddresses = [], anchorIssuesNoRevocationData } = rules;
  return [
    modes[mode],
    ...(graceHours > 0 ? [`An answer is still used for ${hours(graceHours)} after its next update.`] : []),
    ...(greatestAgeHours === undefined ? [] : [`No answer is used that is older than ${hours(greatestAgeHours)}.`]),
    ...(anchorIssuesNoRevocationData === true
      ? ['The agreed authority publishes nothing about revocation: the check does not apply to its certificates.']
      : []),
    ...crlAddresses.map(({ authority, url }) => `The CRL of “${authority}” is fetched from ${url}.`),
  ];
}

function hours(count: number): string {
  return count === 1 ? 'an hour' : `${count} hours`;
}
