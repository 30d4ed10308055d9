/** The examples of the README run, and print what they say. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { crlEntry, writeCrl } from '../generate/crl-author.ts';
import { commonName, keyNamed } from '../vectors/certificate-author.ts';
import { writeChain } from '../vectors/chain-author.ts';
import { sequence } from '../vectors/der-writer.ts';
import { readCertificate, writePem } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'x509-readme-'));
after(() => rmSync(folder, { recursive: true }));

const chain = writeChain();
const pems = (label: string, ...ders: readonly Uint8Array[]) => ders.map((der) => writePem(label, der)).join('');
const serial = readCertificate(chain.endEntity).serialNumber;
const crls = [
  writeCrl({ issuer: commonName('Root'), signer: keyNamed('root') }),
  writeCrl({
    issuer: commonName('Intermediate'),
    signer: keyNamed('intermediate'),
    entryBytes: sequence(crlEntry({ serial })),
  }),
];
writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
writeFileSync(join(folder, 'chain.pem'), pems('CERTIFICATE', chain.endEntity, chain.intermediate));
writeFileSync(join(folder, 'root.pem'), pems('CERTIFICATE', chain.root));
writeFileSync(join(folder, 'crls.pem'), pems('X509 CRL', ...crls));

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/^### ([^\n]+)$.*?```ts\n(.+?)```/gms)].map(([, title = '', code = '']) => ({
  title,
  code,
}));

describe('the examples of the README', () => {
  it('are five', () => assert.equal(examples.length, 5));
  for (const [index, { title, code }] of examples.entries())
    it(title, () => {
      const file = join(folder, `example-${index}.ts`);
      writeFileSync(file, code.replaceAll("'@sallyport/x509'", `'${new URL('index.ts', import.meta.url).href}'`));
      const printed = execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
      const promised = [...code.matchAll(/^\/\/ → (.*)$/gm)].map(([, line = '']) => `${line}\n`).join('');
      assert.equal(printed, promised);
    });
});
