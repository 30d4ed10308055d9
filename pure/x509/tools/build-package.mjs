// Makes the package as it is published: JavaScript and types in dist/, a manifest that points there. Runs under Node 20 too, because npm starts it.
//   node tools/build-package.mjs stage FOLDER   the whole package in a folder of its own
//   node tools/build-package.mjs prepack        dist/ here, and the manifest swapped for the time of `npm pack`
//   node tools/build-package.mjs postpack       the manifest of the workspace back
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const manifest = join(home, 'package.json');
const kept = join(home, 'package.json.workspace');

const [verb, folder] = process.argv.slice(2);
if (verb === 'stage' && folder !== undefined) stage(folder);
else if (verb === 'prepack') {
  if (existsSync(kept)) renameSync(kept, manifest);
  compile(join(home, 'dist'));
  copyFileSync(join(home, '../../LICENSE'), join(home, 'LICENSE'));
  copyFileSync(manifest, kept);
  writeFileSync(manifest, publishedManifest());
} else if (verb === 'postpack') {
  if (existsSync(kept)) renameSync(kept, manifest);
  rmSync(join(home, 'LICENSE'), { force: true });
} else {
  console.error('usage: build-package.mjs stage FOLDER | prepack | postpack');
  process.exit(2);
}

function stage(target) {
  mkdirSync(target, { recursive: true });
  compile(join(target, 'dist'));
  for (const name of ['README.md', 'API.md']) copyFileSync(join(home, name), join(target, name));
  copyFileSync(join(home, '../../LICENSE'), join(target, 'LICENSE'));
  writeFileSync(join(target, 'package.json'), publishedManifest());
}

function compile(target) {
  rmSync(target, { recursive: true, force: true });
  const compiler = join(home, '../../node_modules/typescript/bin/tsc');
  const ran = spawnSync(process.execPath, [compiler, '-p', join(home, 'tsconfig.build.json'), '--outDir', target], {
    stdio: 'inherit',
  });
  if (ran.status !== 0) process.exit(1);
  // The compiler writes .js into imports of JavaScript and leaves .ts in those of declarations.
  for (const file of readdirSync(target, { recursive: true }).map(String))
    if (file.endsWith('.d.ts')) {
      const path = join(target, file);
      writeFileSync(
        path,
        readFileSync(path, 'utf8').replace(/(from '|import\(")(\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1$2.js$3'),
      );
    }
}

function publishedManifest() {
  const { name, version, license, description, engines } = JSON.parse(readFileSync(manifest, 'utf8'));
  const published = {
    name,
    version,
    description,
    license,
    type: 'module',
    sideEffects: false,
    engines,
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    files: ['dist', 'API.md'],
  };
  return `${JSON.stringify(published, null, 2)}\n`;
}
