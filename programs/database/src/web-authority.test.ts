import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readWebAuthority } from './web-authority.ts';

describe('the authority of the web tier’s certificate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-web-authority-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'ca.pem');

  it('is read from a PEM file, private addresses only by word, and is taken back by none', () => {
    const [given = ''] = rootCertificates;
    writeFileSync(file, `subject=whatever\n${given}`);
    // Kept as certificates written anew, without what stood around them.
    const pem = new X509Certificate(given).toString();
    assert.deepEqual(readWebAuthority([file]), { anchorsPem: pem, allowPrivate: false });
    assert.deepEqual(readWebAuthority([file, '--allow-private']), { anchorsPem: pem, allowPrivate: true });
    assert.equal(readWebAuthority(['none']), null);
  });

  it('is refused where the file holds no certificate, or nothing was named', () => {
    writeFileSync(file, 'no certificate');
    for (const words of [[], [file], [join(folder, 'absent.pem')], [file, 'another'], ['--allow']])
      assert.throws(() => readWebAuthority(words), { code: 'web-authority-unusable' });
  });
});
