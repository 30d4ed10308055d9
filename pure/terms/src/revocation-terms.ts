/**
 * What terms may say about revocation besides the mode: each member is optional, and absent means the strictest. Their
 * faults, what weakens, and the words of the printed page stand here together.
 */
import type { TermsCrlAddress } from './revocation-rules.ts';
import type { TermsFault } from './terms-fault.ts';
import type { Terms } from './terms.ts';

/** An outage that is longer than a week is no outage. */
const longestGraceHours = 168;
const longestAgeHours = 8_760;
const mostAddresses = 20;
const longestUrl = 2_000;
const longestName = 2_000;

/** Faults of the optional rules; empty where there are none. */
export function revocationRuleFaults({ revocationRules: rules, anchors }: Terms): TermsFault[] {
  if (rules === undefined) return [];
  const faults: TermsFault[] = [];
  const add = (path: string, message: string): void => {
    faults.push({ code: 'TERMS_REVOCATION', path: `revocationRules${path}`, message });
  };
  const { graceHours, greatestAgeHours, crlAddresses = [] } = rules;
  if (graceHours !== undefined && !isBetween(graceHours, 0, longestGraceHours))
    add('.graceHours', `Grace is a whole number of hours from 0 to ${longestGraceHours}.`);
  if (greatestAgeHours !== undefined && !isBetween(greatestAgeHours, 1, longestAgeHours))
    add('.greatestAgeHours', `The greatest age is a whole number of hours from 1 to ${longestAgeHours}.`);
  if (crlAddresses.length > mostAddresses) add('.crlAddresses', `Name at most ${mostAddresses} addresses of CRLs.`);
  crlAddresses.forEach(({ authority, url }, index) => {
    if (authority.trim() === '' || authority.length > longestName)
      add(
        `.crlAddresses.${index}.authority`,
        'An authority is named by the subject of its certificate, as reports print it.',
      );
    const message = addressFault(url);
    if (message !== null) add(`.crlAddresses.${index}.url`, message);
  });
  // Public authorities answer for themselves by the Baseline Requirements.
  if (anchors.kind === 'public' && (crlAddresses.length > 0 || rules.anchorIssuesNoRevocationData === true))
    add('', 'Other addresses of CRLs, and going without revocation data, are for an agreed private CA only.');
  return faults;
}

/** One sentence for each point in which the rules of `after` are weaker. */
export function weakerRevocationRules(before: Terms, after: Terms): string[] {
  const { revocationRules: old = {} } = before;
  const { revocationRules: now = {} } = after;
  const sentences: string[] = [];
  if ((now.graceHours ?? 0) > (old.graceHours ?? 0))
    sentences.push(`Revocation data would be used for ${now.graceHours} hours after it should have been replaced.`);
  if (old.greatestAgeHours !== undefined && (now.greatestAgeHours ?? Infinity) > old.greatestAgeHours)
    sentences.push(
      `Revocation data could be older than ${old.greatestAgeHours} hours${now.greatestAgeHours === undefined ? '' : `, up to ${now.greatestAgeHours}`}.`,
    );
  if (now.anchorIssuesNoRevocationData === true && old.anchorIssuesNoRevocationData !== true)
    sentences.push('The agreed CA would not have to publish which certificates it has revoked.');
  const known = (old.crlAddresses ?? []).map(addressText);
  const added = (now.crlAddresses ?? []).map(addressText).filter((address) => !known.includes(address));
  if (added.length > 0) sentences.push(`CRLs would be fetched elsewhere: ${added.join(', ')}.`);
  return sentences;
}

/** Sentences for the printed page; empty where the rules are the strictest. */
export function revocationRuleWords({ revocationRules: rules }: Terms): string[] {
  if (rules === undefined) return [];
  const words: string[] = [];
  if ((rules.graceHours ?? 0) > 0)
    words.push(`Revocation data is still used for ${rules.graceHours} hours after it should have been replaced.`);
  if (rules.greatestAgeHours !== undefined)
    words.push(`Revocation data older than ${rules.greatestAgeHours} hours is not used.`);
  if (rules.anchorIssuesNoRevocationData === true)
    words.push('The agreed CA publishes nothing about revocation: this check does not apply to its certificates.');
  for (const { authority, url } of rules.crlAddresses ?? [])
    words.push(`The CRL of the authority “${authority}” is fetched from ${url}.`);
  return words;
}

function addressText({ authority, url }: TermsCrlAddress): string {
  return `${url} for ${authority}`;
}

function isBetween(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** CRLs are signed, so plain http is what authorities use; nothing else is fetched. */
function addressFault(text: string): string | null {
  if (text.length > longestUrl) return `A URL has at most ${longestUrl} characters.`;
  const url = URL.parse(text);
  if (url === null || url.hostname === '' || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return 'A CRL is fetched by http or https, from an address such as http://crl.example.com/ca.crl.';
  if (url.username !== '' || url.password !== '') return 'A URL must not hold a user name or password.';
  return url.hash === '' ? null : 'The address of a CRL has no fragment.';
}
