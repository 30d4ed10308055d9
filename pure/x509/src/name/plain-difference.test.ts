/** What is told apart by bytes must be what RFC 5280 §7.1 tells apart. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { distinguishedName } from '../../vectors/certificate-author.ts';
import { ascii, concat, element, objectIdentifier, sequence, setOf, utf8 } from '../../vectors/der-writer.ts';
import { DistinguishedName } from './distinguished-name.ts';
import { differPlainly } from './plain-difference.ts';

const texts = [
  '',
  ' ',
  'a',
  'A',
  'b',
  'a b',
  'A  B',
  'a b ',
  ' a b',
  'a\tb',
  'a\u00a0b',
  'ab',
  'AB',
  'ä',
  'Ä',
  'ａ',
  'a\0',
  '@',
  '`',
  'ﬁ',
  'fi',
];
const values = [
  ...texts.map((text) => utf8(text)),
  ...['a', 'A', 'a b', 'A  B', 'b', '{'].flatMap((text) => [element(0x13, ascii(text)), element(0x16, ascii(text))]),
  element(0x14, ascii('a')),
  element(0x1e, ascii('\0a')),
  element(0x0c, concat(ascii('x'.repeat(130)))),
];
const names = [
  ...values.map((value) => distinguishedName(['2.5.4.3', value])),
  ...values.slice(2, 8).map((value) => distinguishedName(['2.5.4.10', value])),
  ...values.slice(2, 8).map((value) => distinguishedName(['2.5.4.10', utf8('same')], ['2.5.4.3', value])),
  sequence(),
  sequence(setOf()),
  sequence(setOf(sequence(objectIdentifier('2.5.4.3')))),
  sequence(setOf(sequence(objectIdentifier('2.5.4.3'), utf8('a')), sequence(objectIdentifier('2.5.4.10'), utf8('b')))),
  sequence(setOf(sequence(objectIdentifier('2.5.4.3'), utf8('a'), utf8('b')))),
];

it('differs plainly only what differs by its canonical form, for every pair of odd names', () => {
  let told = 0;
  for (const left of names)
    for (const right of names) {
      if (!differPlainly(left, right)) continue;
      told++;
      assert.notEqual(
        new DistinguishedName(left).key,
        new DistinguishedName(right).key,
        Buffer.from(left).toString('hex'),
      );
      assert.ok(!new DistinguishedName(left).equals(new DistinguishedName(right)));
    }
  assert.ok(told > 100, `${told} pairs were told apart`);
});

it('tells apart the names of ordinary certificates', () => {
  const named = (name: string) => distinguishedName(['2.5.4.10', utf8('Example Ltd')], ['2.5.4.3', utf8(name)]);
  assert.ok(differPlainly(named('Root'), named('Intermediate')));
  assert.ok(differPlainly(named('Root 1'), named('Root 2')));
  assert.ok(!differPlainly(named('Root'), named('ROOT')));
});

it('says nothing of names that are cut off', () => {
  const [left, right] = [distinguishedName(['2.5.4.3', utf8('abc')]), distinguishedName(['2.5.4.3', utf8('abd')])];
  for (let length = 0; length < left.length; length++) {
    assert.ok(!differPlainly(left.subarray(0, length), right));
    assert.ok(!differPlainly(left, right.subarray(0, length)));
  }
});
