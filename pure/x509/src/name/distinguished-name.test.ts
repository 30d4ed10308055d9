import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { distinguishedName } from '../../vectors/certificate-author.ts';
import { ascii, element, ia5, objectIdentifier, printable, sequence, setOf, utf8 } from '../../vectors/der-writer.ts';
import { DistinguishedName } from './distinguished-name.ts';

const cn = '2.5.4.3';
const name = (...attributes: readonly (readonly [string, string | Uint8Array])[]) =>
  new DistinguishedName(distinguishedName(...attributes));

describe('comparing distinguished names (RFC 5280 §7.1)', () => {
  for (const { sentence, left, right, equal } of [
    {
      sentence: 'UTF8String equals PrintableString',
      left: name([cn, utf8('Example')]),
      right: name([cn, printable('Example')]),
      equal: true,
    },
    { sentence: 'case does not matter', left: name([cn, 'EXAMPLE']), right: name([cn, 'example']), equal: true },
    { sentence: 'inner spaces are one', left: name([cn, 'a   b']), right: name([cn, 'a b']), equal: true },
    { sentence: 'outer spaces are none', left: name([cn, ' a b ']), right: name([cn, 'a b']), equal: true },
    { sentence: 'a space between words matters', left: name([cn, 'a b']), right: name([cn, 'ab']), equal: false },
    {
      sentence: 'BMPString equals UTF8String',
      left: name([cn, element(0x1e, Uint8Array.of(0, 0x61))]),
      right: name([cn, 'a']),
      equal: true,
    },
    { sentence: 'IA5String equals UTF8String', left: name([cn, ia5('a')]), right: name([cn, 'a']), equal: true },
    { sentence: 'composed equals decomposed', left: name([cn, 'é']), right: name([cn, 'é']), equal: true },
    {
      sentence: 'another type of attribute differs',
      left: name([cn, 'a']),
      right: name(['2.5.4.10', 'a']),
      equal: false,
    },
    {
      sentence: 'the order of relative names matters',
      left: name([cn, 'a'], [cn, 'b']),
      right: name([cn, 'b'], [cn, 'a']),
      equal: false,
    },
    {
      sentence: 'a value with a separator is not two values',
      left: name([cn, 'a\n2.5.4.3=1:b']),
      right: name([cn, 'a'], [cn, 'b']),
      equal: false,
    },
    {
      sentence: 'a malformed name equals itself only',
      left: new DistinguishedName(sequence(setOf())),
      right: name(),
      equal: false,
    },
  ])
    it(sentence, () => {
      assert.equal(left.equals(right), equal);
      assert.equal(right.equals(left), equal);
      assert.equal(left.equals(left), true);
    });

  it('a name stands within a prefix of its relative names', () => {
    const base = name(['2.5.4.6', printable('DE')], ['2.5.4.10', 'Example']);
    assert.equal(name(['2.5.4.6', printable('de')], ['2.5.4.10', 'EXAMPLE'], [cn, 'x']).isWithin(base), true);
    assert.equal(name(['2.5.4.6', printable('DE')]).isWithin(base), false);
    assert.equal(name(['2.5.4.10', 'Example']).isWithin(base), false);
    assert.equal(base.isWithin(new DistinguishedName(sequence())), true);
  });

  it('is shown most specific first, with what is special escaped', () => {
    const several = sequence(
      setOf(sequence(objectIdentifier('2.5.4.6'), printable('DE'))),
      setOf(sequence(objectIdentifier(cn), element(0x0c, ascii('a,b')))),
    );
    assert.equal(new DistinguishedName(several).toString(), String.raw`CN=a\,b,C=DE`);
    assert.equal(name(['1.2.3', 'x']).toString(), '1.2.3=#0c0178');
  });
});
