/** Every relative link in a document names a file that exists, so that documents stay true. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const documents = globSync('**/*.md', { exclude: (path) => /(^|\/)(node_modules|dist|\.sallyport)(\/|$)/.test(path) });
const broken: string[] = [];
for (const document of documents) {
  const text = readFileSync(document, 'utf8').replaceAll(/```[\s\S]*?```/g, '');
  for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^(https?:|mailto:|#)/.test(target)) continue;
    const path = join(dirname(document), target.replace(/#.*$/, ''));
    if (!existsSync(path)) broken.push(`${document}: ${target}`);
  }
}
for (const line of broken) console.error(`broken link  ${line}`);
process.exitCode = broken.length === 0 ? 0 : 1;
