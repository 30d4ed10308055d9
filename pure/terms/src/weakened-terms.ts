import type { Terms } from './terms.ts';

/** One way in which new terms ask less of the far side, or allow us more, than the old ones did; a sentence for people. */
interface Weakening {
  readonly sentence: string;
  weakens(before: Terms, after: Terms): boolean;
}

const includesAll = (some: readonly string[], all: readonly string[]): boolean =>
  some.every((item) => all.includes(item));

const weakenings: readonly Weakening[] = [
  { sentence: 'another host or path is called', weakens: (before, after) => before.baseUrl !== after.baseUrl },
  {
    sentence: 'revocation that cannot be determined no longer refuses',
    weakens: (before, after) => before.revocation === 'hard' && after.revocation === 'soft',
  },
  {
    sentence: 'the client certificate is no longer sent',
    weakens: (before, after) => before.clientCertificate.required && !after.clientCertificate.required,
  },
  {
    sentence: 'other authorities may vouch for the far side',
    weakens: (before, after) => JSON.stringify(before.anchors) !== JSON.stringify(after.anchors),
  },
  {
    sentence: 'the two DHE suites are allowed again',
    weakens: (before, after) => before.tlsPolicy === 'tls12-four' && after.tlsPolicy === 'tls12-six',
  },
  {
    sentence: 'private addresses may be dialled',
    weakens: (before, after) => !before.allowPrivate && after.allowPrivate,
  },
  {
    sentence: 'more projects are read',
    weakens: (before, after) => !includesAll(after.projectKeys, before.projectKeys),
  },
  { sentence: 'more fields are stored', weakens: (before, after) => !includesAll(after.fields, before.fields) },
  {
    sentence: 'more REST paths are called',
    weakens: (before, after) => !includesAll(after.restPaths, before.restPaths),
  },
  {
    sentence: 'another account is used',
    weakens: (before, after) => before.authentication.account !== after.authentication.account,
  },
  {
    sentence: 'calls leave from other addresses',
    weakens: (before, after) => before.egressGroup !== after.egressGroup,
  },
];

/** How `after` is weaker than `before`, a sentence each; empty when it is not. */
export function weakens(before: Terms, after: Terms): readonly string[] {
  return weakenings.filter((weakening) => weakening.weakens(before, after)).map(({ sentence }) => sentence);
}
