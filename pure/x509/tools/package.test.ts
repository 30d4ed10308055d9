import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, describe, it } from 'node:test';
import { apiDocument, writtenApiDocument } from './api-document.ts';
import { writeCrl } from '../generate/crl-author.ts';
import { commonName, keyNamed } from '../vectors/certificate-author.ts';
import { writeChain } from '../vectors/chain-author.ts';
import { readCertificate, writePem } from '../src/index.ts';

const home = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'x509-package-'));
const staged = join(folder, 'staged');
const installed = join(folder, 'node_modules/@sallyport/x509');
after(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, args: readonly string[], cwd: string): string {
  const ran = spawnSync(command, args, { cwd, encoding: 'utf8' });
  assert.equal(ran.status, 0, `${command} ${args.join(' ')}: ${ran.stdout}${ran.stderr}`);
  return ran.stdout;
}

/** The first Node on the path that is not the one of this process; this one where there is no other. */
function otherNode(): string {
  for (const place of (process.env['PATH'] ?? '').split(delimiter)) {
    const node = join(place, 'node');
    if (!existsSync(node)) continue;
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    if (version !== process.version && Number(/^v(\d+)/.exec(version)?.[1]) >= 20) return node;
  }
  return process.execPath;
}

function packAndInstall(): readonly string[] {
  if (existsSync(installed)) return readdirSync(installed);
  run(process.execPath, [join(home, 'tools/build-package.mjs'), 'stage', staged], home);
  const [packed] = JSON.parse(
    run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], staged),
  ) as { filename: string }[];
  mkdirSync(installed, { recursive: true });
  run('tar', ['-xzf', join(folder, packed?.filename ?? ''), '-C', installed, '--strip-components=1'], folder);
  return readdirSync(installed);
}

describe('the packed package', () => {
  it('holds JavaScript, types, the manifest and the texts, and nothing else', () => {
    assert.deepEqual([...packAndInstall()].sort(), ['API.md', 'LICENSE', 'README.md', 'dist', 'package.json']);
    const files = readdirSync(join(installed, 'dist'), { recursive: true })
      .map(String)
      .filter((name) => /\.\w+$/.test(name));
    assert.deepEqual(
      files.filter((name) => !/\.(?:d\.ts|js)$/.test(name) || name.includes('.test.')),
      [],
    );
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual(
      [manifest['dependencies'], manifest['sideEffects'], manifest['private']],
      [undefined, false, undefined],
    );
  });

  it('declares types that refer to files of the package', () => {
    packAndInstall();
    for (const name of readdirSync(join(installed, 'dist'), { recursive: true }).map(String)) {
      if (!name.endsWith('.d.ts')) continue;
      const text = readFileSync(join(installed, 'dist', name), 'utf8');
      assert.doesNotMatch(text, /from '\.[^']*\.ts'/, name);
    }
  });

  it('runs the examples of the README on another Node, as they stand', () => {
    packAndInstall();
    const examples = [...readFileSync(join(home, 'README.md'), 'utf8').matchAll(/^### [^\n]+$.*?```ts\n(.+?)```/gms)];
    assert.ok(examples.length >= 5);
    const chain = writeChain();
    const { serialNumber } = readCertificate(chain.endEntity);
    const crls = [
      writeCrl({ issuer: commonName('Root'), signer: keyNamed('root') }),
      writeCrl({
        issuer: commonName('Intermediate'),
        signer: keyNamed('intermediate'),
        entries: [{ serial: serialNumber }],
      }),
    ];
    const write = (name: string, label: string, ders: readonly Uint8Array[]): void =>
      writeFileSync(join(folder, name), ders.map((der) => writePem(label, der)).join(''));
    write('chain.pem', 'CERTIFICATE', [chain.endEntity, chain.intermediate]);
    write('root.pem', 'CERTIFICATE', [chain.root]);
    write('crls.pem', 'X509 CRL', crls);
    for (const [index, [, code = '']] of examples.entries()) {
      const file = join(folder, `example-${index}.mjs`);
      // Node 20 strips no types; this is the only one in the examples.
      writeFileSync(file, code.replaceAll(' as const', ''));
      const promised = [...code.matchAll(/^\/\/ → (.*)$/gm)].map(([, line = '']) => `${line}\n`).join('');
      assert.equal(run(otherNode(), [file], folder), promised);
    }
  });

  it('passes the cases of CRLs and OCSP responses on another Node', () => {
    packAndInstall();
    const out = join(folder, 'compiled');
    run(
      process.execPath,
      [
        join(home, '../../node_modules/typescript/bin/tsc'),
        '-p',
        join(home, 'tsconfig.build.json'),
        '--rootDir',
        home,
        '--outDir',
        out,
        '--declaration',
        'false',
        '--noCheck',
      ],
      home,
    );
    compileCases(out);
    writeFileSync(join(out, 'src/index.js'), "export * from '@sallyport/x509';\n");
    writeFileSync(join(out, 'package.json'), '{ "type": "module" }\n');
    run(otherNode(), ['--test', join(out, 'vectors/revocation-cases/revocation-cases.test.js')], folder);
  });
});

/** The cases and what they are made with, beside the compiled sources. */
function compileCases(out: string): void {
  const config = join(folder, 'tsconfig.cases.json');
  const options = {
    noEmit: false,
    rewriteRelativeImportExtensions: true,
    target: 'es2023',
    rootDir: home,
    outDir: out,
    types: ['node'],
    typeRoots: [join(home, '../../node_modules/@types')],
    noCheck: true,
  };
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(home, '../../tsconfig.json'),
      compilerOptions: options,
      include: [join(home, 'vectors/revocation-cases')],
    }),
  );
  run(process.execPath, [join(home, '../../node_modules/typescript/bin/tsc'), '-p', config], home);
  cpSync(join(home, 'README.md'), join(out, 'README.md'));
}

it('API.md is as the comments of the source say', () => {
  assert.equal(writtenApiDocument(), apiDocument(), 'run node pure/x509/tools/api-document.ts');
});
