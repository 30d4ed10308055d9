/** What JavaScript callers get wrong: never a guess, and never an acceptance. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { validate, validationPolicy, utcInstant, X509Error } from './index.ts';
import type { ValidationInput } from './index.ts';

const right: ValidationInput = {
  leaf: new Uint8Array(),
  others: [],
  anchors: [],
  at: utcInstant('2026-06-15T12:00:00Z'),
  purpose: 'serverAuth',
  name: null,
  policy: validationPolicy('webpki'),
  revocation: { mode: 'hard', crls: [], ocspResponses: [] },
};
const wrong = (members: object): void => {
  assert.throws(
    () => validate({ ...right, ...members } as ValidationInput),
    (error: unknown) => error instanceof X509Error && error.code === 'X509_ARGUMENT_INVALID',
  );
};

describe('the arguments of validate', () => {
  it('that are right lead to a report', () => assert.equal(validate(right).accepted, false));
  for (const at of ['2026-06-15T12:00:00Z', Number.NaN, undefined, null, new Date(0), Infinity])
    it(`are refused with the instant ${String(at)}`, () => wrong({ at }));
  for (const mode of ['HARD', 'Hard', undefined, null, true])
    it(`are refused with the revocation mode ${String(mode)}`, () =>
      wrong({ revocation: { ...right.revocation, mode } }));
  for (const member of ['gracePeriodMilliseconds', 'maximumOcspAgeMilliseconds'])
    for (const value of [Number.NaN, Infinity, -1, '5'])
      it(`are refused with ${member} ${value}`, () => wrong({ revocation: { ...right.revocation, [member]: value } }));
  for (const [member, value] of [
    ['purpose', 'server'],
    ['name', undefined],
    ['name', 'jira.example.com'],
    ['name', { kind: 'host', value: 'jira.example.com' }],
    ['policy', undefined],
    ['policy', { profile: 'webpki' }],
    ['policy', { ...right.policy, profile: 'WEBPKI' }],
    ['policy', { ...right.policy, minimumRsaBits: Number.NaN }],
    ['revocation', undefined],
    ['revocation', { mode: 'hard' }],
    ['anchors', undefined],
    ['others', null],
  ] as const)
    it(`are refused with ${member} ${JSON.stringify(value)?.slice(0, 60)}`, () => wrong({ [member]: value }));
  it('name no profile that does not exist', () => {
    assert.throws(() => validationPolicy('WEBPKI' as 'webpki'), { code: 'X509_ARGUMENT_INVALID' });
  });
});
