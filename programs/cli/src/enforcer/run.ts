/** `sallyport enforcer`: configuration for the customer's side, printed or written. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { enforcerKit, factsDocument, renderKit, type EnforcerKit } from '@sallyport/enforcer-kit';
import { UsageError } from '../check/check-arguments.ts';
import type { Output } from '../check/run.ts';
import { enforcerUsage, NoFactsError, readEnforcerArguments } from './enforcer-arguments.ts';

/** Resolves to the exit code. */
export async function runEnforcer(words: readonly string[], output: Output): Promise<0 | 1 | 2 | 3> {
  if (words.includes('--help') || words.includes('-h')) {
    output.out(enforcerUsage);
    return 0;
  }
  const json = words.includes('--json');
  const fail = (code: string, message: string, more: object): void => {
    if (json) output.out(`${JSON.stringify({ error: { code, message, ...more } }, null, 2)}\n`);
    output.error(`sallyport enforcer: ${message}\n`);
  };
  try {
    const { product, facts, writeFolder } = await readEnforcerArguments(words);
    const answer = enforcerKit(product, facts);
    if (!answer.ok) {
      const { faults } = answer;
      fail('enforcer-facts', faults.map(({ path, message }) => `${path}: ${message}`).join('\n  '), { faults });
      return 1;
    }
    if (writeFolder !== null) await writeFiles(answer.kit, writeFolder);
    if (json) output.out(`${JSON.stringify({ ...answer.kit, facts: factsDocument(facts) }, null, 2)}\n`);
    else output.out(renderKit(writeFolder === null ? answer.kit : { ...answer.kit, files: [] }));
    if (writeFolder !== null && !json)
      output.out(answer.kit.files.map(({ path }) => `written: ${join(writeFolder, path)}\n`).join(''));
    return 0;
  } catch (error) {
    if (error instanceof NoFactsError) {
      fail(error.code, error.message, {});
      return 3;
    }
    if (!(error instanceof UsageError)) throw error;
    fail(error.code, error.message, {});
    if (error.code === 'usage') output.error("'sallyport enforcer --help' shows the options.\n");
    return 2;
  }
}

/** Under the folder as they stand on the customer's machine, so that they can be packed and unpacked there. */
async function writeFiles({ files }: EnforcerKit, folder: string): Promise<void> {
  for (const { path, mode, text } of files) {
    const place = join(folder, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text, { mode: Number.parseInt(mode, 8) });
  }
}
