import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameFaults, namesAsked, namesDiffer } from './asked-names.ts';

describe('names that are asked for', () => {
  for (const [sentence, names, kind, domain, codes] of [
    ['one name, under its domain', ['a.ours.example'], 'operator-named', 'ours.example', []],
    ['the domain itself', ['ours.example'], 'customer-custom', 'ours.example', []],
    ['a wildcard under its domain', ['*.ours.example'], 'operator-wildcard', '*.ours.example', []],
    ['a wildcard as a named one', ['*.ours.example'], 'operator-named', null, ['kind-with-wildcard']],
    ['no wildcard as a wildcard', ['a.ours.example'], 'operator-wildcard', null, ['kind-without-wildcard']],
    ['no name as a wildcard', [], 'operator-wildcard', null, ['kind-without-wildcard']],
    ['no name as another', [], 'operator-named', 'ours.example', []],
    ['a customer’s wildcard', ['*.ours.example'], 'customer-custom', null, []],
    ['a name outside', ['a.ours.example', 'aours.example'], 'operator-named', 'ours.example', ['outside-domain']],
  ] as const) {
    it(`${codes.length === 0 ? 'fit' : 'do not fit'}: ${sentence}`, () => {
      const found = nameFaults(names, kind, domain);
      assert.deepEqual(
        found.map(({ code }) => code),
        codes,
      );
    });
  }

  it('are those of the request, and its common name where that is one', () => {
    const names = (commonName: string, ...dnsNames: string[]) => namesAsked({ commonName, dnsNames });
    assert.deepEqual(names('A.Example', 'b.example'), ['b.example', 'a.example']);
    assert.deepEqual(names('Sallyport client', 'b.example'), ['b.example']);
    assert.deepEqual(names('sallyport'), []);
  });

  it('are held against those of the certificate that comes back', () => {
    const asked = { commonName: 'a.example', dnsNames: ['a.example', 'b.example'] };
    assert.equal(namesDiffer(asked, ['b.example', 'a.example']), null);
    assert.match(namesDiffer(asked, ['a.example']) ?? '', /lacks b\.example:/);
    assert.match(namesDiffer(asked, ['a.example', 'b.example', 'c.example']) ?? '', /names c\.example, which nobody/);
    assert.match(namesDiffer(asked, ['c.example']) ?? '', /lacks a\.example, b\.example and names c\.example/);
    // Authorities add the common name, or leave it out.
    const apart = { commonName: 'cn.example', dnsNames: ['a.example'] };
    assert.equal(namesDiffer(apart, ['a.example']), null);
    assert.equal(namesDiffer(apart, ['a.example', 'cn.example']), null);
    assert.equal(namesDiffer({ commonName: 'Client', dnsNames: [] }, ['a.example']), null);
    assert.match(namesDiffer({ commonName: 'cn.example', dnsNames: [] }, []) ?? '', /lacks cn\.example/);
    assert.match(
      namesDiffer({ commonName: 'x', dnsNames: ['a.e', 'b.e', 'c.e', 'd.e'] }, []) ?? '',
      /lacks a\.e, b\.e, c\.e and 1 more/,
    );
  });
});
