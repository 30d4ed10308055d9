import {
  alternativeNames,
  commonName,
  distinguishedName,
  generalName,
  nameConstraints,
} from '../../vectors/certificate-author.ts';
import { hostName } from '../../vectors/chain-author.ts';
import { boolean, bytes, element, printable, sequence, utf8 } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';
import type { RuleCase } from '../../vectors/rule-table.ts';

const { dns, email, uri, ip, directory, other, registered } = generalName;
const permits = (...names: readonly Uint8Array[]) => ({ set: [nameConstraints(names)] });
const excludes = (...names: readonly Uint8Array[]) => ({ set: [nameConstraints(null, names)] });
/** An end entity with these names besides the host's. */
const bears = (...names: readonly Uint8Array[]) => ({ set: [alternativeNames(dns(hostName), ...names)] });
const notPermitted = ['X509_NAME_CONSTRAINTS_NOT_PERMITTED'];
const excluded = ['X509_NAME_CONSTRAINTS_EXCLUDED'];
const any: Partial<RuleCase> = {
  policy: { rules: { commonNameAmongAlternativeNames: false, preferredDnsSyntax: false } },
  input: { name: null },
};
const smtpUtf8 = (text: string) => other('1.3.6.1.5.5.7.8.9', utf8(text));

describeRule('name constraints on DNS names', [
  { sentence: 'permits the name itself', intermediate: permits(dns(hostName)), codes: [] },
  { sentence: 'permits what stands below', intermediate: permits(dns('example.com')), codes: [] },
  { sentence: 'permits without regard to case', intermediate: permits(dns('EXAMPLE.com')), codes: [] },
  { sentence: 'permits everything by an empty base', intermediate: permits(dns('')), codes: [] },
  {
    sentence: 'does not permit a name that only ends alike',
    intermediate: permits(dns('ra.example.com')),
    codes: notPermitted,
  },
  { sentence: 'does not permit another name', intermediate: permits(dns('example.org')), codes: notPermitted },
  {
    sentence: 'lets excluded win over permitted',
    intermediate: { set: [nameConstraints([dns('example.com')], [dns(hostName)])] },
    codes: excluded,
  },
  { sentence: 'excludes what stands below', intermediate: excludes(dns('example.com')), codes: excluded },
  { sentence: 'does not exclude a sibling', intermediate: excludes(dns('other.example.com')), codes: [] },
  {
    sentence: 'excludes a wildcard that stands for an excluded name',
    intermediate: excludes(dns('foo.example.com')),
    endEntity: bears(dns('*.example.com')),
    ...any,
    codes: excluded,
  },
  {
    sentence: 'does not exclude a wildcard for a name two labels down',
    intermediate: excludes(dns('a.b.example.com')),
    endEntity: bears(dns('*.example.com')),
    ...any,
    codes: [],
  },
  {
    sentence: 'permits a wildcard below the base',
    intermediate: permits(dns('example.com')),
    endEntity: bears(dns('*.example.com')),
    ...any,
    codes: [],
  },
  {
    sentence: 'does not permit a wildcard beside the base',
    intermediate: permits(dns(hostName)),
    endEntity: bears(dns('*.example.com')),
    ...any,
    codes: notPermitted,
  },
  {
    sentence: 'refuses a base with a leading dot',
    intermediate: permits(dns('.example.com')),
    codes: ['X509_NAME_CONSTRAINTS_MALFORMED', ...notPermitted],
  },
  {
    sentence: 'refuses a malformed name under a constraint',
    intermediate: permits(dns('example.com')),
    endEntity: bears(dns('a..example.com')),
    ...any,
    codes: ['X509_NAME_CONSTRAINTS_NAME_MALFORMED'],
  },
  { sentence: 'lets names of other forms alone', intermediate: permits(email('example.org')), codes: [] },
]);

describeRule('name constraints on IP addresses', [
  {
    sentence: 'permits an address of the network',
    intermediate: permits(ip(10, 1, 0, 0, 255, 255, 0, 0)),
    endEntity: bears(ip(10, 1, 2, 3)),
    ...any,
    codes: [],
  },
  {
    sentence: 'does not permit an address of another network',
    intermediate: permits(ip(10, 1, 0, 0, 255, 255, 0, 0)),
    endEntity: bears(ip(10, 2, 2, 3)),
    ...any,
    codes: notPermitted,
  },
  {
    sentence: 'does not permit an IPv6 address by an IPv4 network',
    intermediate: permits(ip(0, 0, 0, 0, 0, 0, 0, 0)),
    endEntity: bears(ip(...Array.from({ length: 16 }, () => 0))),
    ...any,
    codes: notPermitted,
  },
  {
    sentence: 'excludes every IPv6 address',
    intermediate: excludes(ip(...Array.from({ length: 32 }, () => 0))),
    endEntity: bears(ip(...Array.from({ length: 16 }, () => 7))),
    ...any,
    codes: excluded,
  },
  {
    sentence: 'refuses a mask with holes',
    intermediate: permits(ip(10, 0, 0, 0, 255, 0, 255, 0)),
    codes: ['X509_EXTENSION_MALFORMED'],
  },
]);

describeRule('name constraints on directory names', [
  {
    sentence: 'permits a subject below the base',
    intermediate: permits(directory(distinguishedName(['2.5.4.10', 'Example']))),
    endEntity: { subject: distinguishedName(['2.5.4.10', 'Example'], ['2.5.4.11', 'Ops']) },
    ...any,
    codes: [],
  },
  {
    sentence: 'compares without case, inner spaces and string type',
    intermediate: permits(directory(distinguishedName(['2.5.4.10', printable('EXAMPLE  Inc')]))),
    endEntity: { subject: distinguishedName(['2.5.4.10', ' Example inc ']) },
    ...any,
    codes: [],
  },
  {
    sentence: 'does not permit another subject',
    intermediate: permits(directory(distinguishedName(['2.5.4.10', 'Example']))),
    codes: notPermitted,
  },
  {
    sentence: 'excludes an alternative name',
    intermediate: excludes(directory(commonName('Evil'))),
    endEntity: bears(directory(commonName('evil'))),
    ...any,
    codes: excluded,
  },
]);

describeRule('name constraints on mailboxes', [
  {
    sentence: 'permits all of a host',
    intermediate: permits(email('Example.com')),
    endEntity: bears(email('a@example.COM')),
    ...any,
    codes: [],
  },
  {
    sentence: 'does not permit a host below by a host',
    intermediate: permits(email('example.com')),
    endEntity: bears(email('a@mail.example.com')),
    ...any,
    codes: notPermitted,
  },
  {
    sentence: 'permits hosts below by a leading dot',
    intermediate: permits(email('.example.com')),
    endEntity: bears(email('a@mail.example.com')),
    ...any,
    codes: [],
  },
  {
    sentence: 'does not permit the host itself by a leading dot',
    intermediate: permits(email('.example.com')),
    endEntity: bears(email('a@example.com')),
    ...any,
    codes: notPermitted,
  },
  {
    sentence: 'permits one mailbox, its local part exactly',
    intermediate: permits(email('A@example.com')),
    endEntity: bears(email('A@EXAMPLE.com')),
    ...any,
    codes: [],
  },
  {
    sentence: 'does not permit a local part in other case',
    intermediate: permits(email('A@example.com')),
    endEntity: bears(email('a@example.com')),
    ...any,
    codes: notPermitted,
  },
  {
    sentence: 'looks at mailboxes in the subject too',
    intermediate: permits(email('example.com')),
    endEntity: { subject: distinguishedName(['1.2.840.113549.1.9.1', 'a@example.org']) },
    ...any,
    codes: notPermitted,
  },
  {
    sentence: 'binds internationalised mailboxes too',
    intermediate: permits(email('example.com')),
    endEntity: bears(smtpUtf8('ä@example.org')),
    ...any,
    codes: notPermitted,
  },
  {
    sentence: 'permits internationalised mailboxes of the host',
    intermediate: permits(email('example.com')),
    endEntity: bears(smtpUtf8('ä@example.com')),
    ...any,
    codes: [],
  },
  {
    sentence: 'refuses a mailbox with two at signs',
    intermediate: permits(email('example.com')),
    endEntity: bears(email('a@b@example.com')),
    ...any,
    codes: ['X509_NAME_CONSTRAINTS_NAME_MALFORMED'],
  },
]);

describeRule('name constraints on URIs', [
  {
    sentence: 'permits the host',
    intermediate: permits(uri('id.example.com')),
    endEntity: bears(uri('https://u@id.example.com:8443/x')),
    ...any,
    codes: [],
  },
  {
    sentence: 'permits hosts below by a leading dot',
    intermediate: permits(uri('.example.com')),
    endEntity: bears(uri('https://id.example.com')),
    ...any,
    codes: [],
  },
  {
    sentence: 'does not permit hosts below by a host',
    intermediate: permits(uri('example.com')),
    endEntity: bears(uri('https://id.example.com')),
    ...any,
    codes: notPermitted,
  },
  {
    sentence: 'refuses a URI with an address',
    intermediate: excludes(uri('example.org')),
    endEntity: bears(uri('https://10.0.0.1/')),
    ...any,
    codes: ['X509_NAME_CONSTRAINTS_NAME_MALFORMED'],
  },
  {
    sentence: 'refuses a URI without authority',
    intermediate: excludes(uri('example.org')),
    endEntity: bears(uri('urn:example:1')),
    ...any,
    codes: ['X509_NAME_CONSTRAINTS_NAME_MALFORMED'],
  },
]);

describeRule('name constraints on forms that nobody can judge', [
  {
    sentence: 'refuses a registered identifier under a constraint of that form',
    intermediate: permits(registered('1.2.3')),
    endEntity: bears(registered('1.2.3.4')),
    ...any,
    codes: ['X509_NAME_CONSTRAINTS_UNSUPPORTED'],
  },
  {
    sentence: 'refuses an other name under a constraint of that form',
    intermediate: excludes(other('1.2.3', utf8('a'))),
    endEntity: bears(other('1.2.4', utf8('b'))),
    ...any,
    codes: ['X509_NAME_CONSTRAINTS_UNSUPPORTED'],
  },
  {
    sentence: 'lets the constraint be where no name has the form',
    intermediate: permits(registered('1.2.3')),
    codes: [],
  },
]);

describeRule('where name constraints stand and how', [
  { sentence: 'applies those of the anchor', root: permits(dns('example.org')), codes: notPermitted },
  {
    sentence: 'does not apply those of an anchor that was taken without them',
    root: permits(dns('example.org')),
    anchor: { applyConstraints: false },
    codes: [],
  },
  {
    sentence: 'binds the alternative names of intermediates',
    root: permits(dns('example.com')),
    intermediate: bears(dns('evil.example.org')),
    codes: notPermitted,
  },
  {
    sentence: 'refuses them in an end entity',
    endEntity: permits(dns('example.com')),
    codes: ['X509_NAME_CONSTRAINTS_IN_END_ENTITY'],
  },
  {
    sentence: 'refuses them not critical under rfc5280',
    intermediate: { set: [nameConstraints([dns('example.com')], null, false)] },
    profile: 'rfc5280',
    codes: ['X509_NAME_CONSTRAINTS_NOT_CRITICAL'],
  },
  {
    sentence: 'accepts them not critical under webpki, and applies them',
    intermediate: { set: [nameConstraints([dns('example.org')], null, false)] },
    codes: notPermitted,
  },
  {
    sentence: 'refuses those that constrain nothing',
    intermediate: { set: [nameConstraints(null, null)] },
    codes: ['X509_EXTENSION_MALFORMED'],
  },
  {
    sentence: 'refuses an empty list',
    intermediate: { set: [nameConstraints([], null)] },
    codes: ['X509_EXTENSION_MALFORMED'],
  },
  {
    sentence: 'refuses a subtree with a maximum',
    intermediate: {
      set: [
        {
          type: '2.5.29.30',
          critical: true,
          value: sequence(element(0xa0, sequence(dns('example.com'), element(0x81, bytes(3))))),
        },
      ],
    },
    codes: ['X509_EXTENSION_MALFORMED'],
  },
  {
    sentence: 'refuses a minimum that is written out',
    intermediate: {
      set: [
        {
          type: '2.5.29.30',
          critical: true,
          value: sequence(element(0xa0, sequence(dns('example.com'), element(0x80, bytes(0))))),
        },
      ],
    },
    codes: ['X509_EXTENSION_MALFORMED'],
  },
  {
    sentence: 'refuses a value that is another type',
    intermediate: { set: [{ type: '2.5.29.30', critical: true, value: boolean(true) }] },
    codes: ['X509_EXTENSION_MALFORMED'],
  },
]);
