/** A kit as one text: to read, to print, to paste from. */
import type { EnforcerKit } from './enforcer-kit.ts';

export function renderKit(kit: EnforcerKit): string {
  const lines: string[] = [
    `Enforcer kit for ${kit.title}`,
    kit.testedWith === null ? 'NOT TESTED BY US: a checklist.' : `Tested by us with ${kit.testedWith}.`,
    '',
  ];
  const list = (title: string, items: readonly string[], mark: (index: number) => string): void => {
    if (items.length === 0) return;
    lines.push(title, ...items.map((item, index) => `${mark(index)} ${item}`), '');
  };
  list('Read first', kit.warnings, () => '  !');
  list('Steps', kit.steps, (index) => `  ${index + 1}.`);
  list(
    'What it can',
    Object.entries(kit.abilities).map(([name, { can, words }]) => `${abilityNames[name] ?? name}: ${can}. ${words}`),
    () => '  -',
  );
  list('What is different here', kit.differences, () => '  -');
  if (kit.reload !== null) lines.push('Reload', `  ${kit.reload}`, '');
  list(
    'How to test it, from another machine',
    kit.tests.map(({ what, command, expect }) => `${what}\n      ${command}\n      -> ${expect}`),
    () => '  -',
  );
  for (const { path, mode, purpose, text } of kit.files)
    lines.push(`===== ${path} (${mode}): ${purpose}`, text.trimEnd(), `===== end of ${path}`, '');
  return `${lines.join('\n')}`;
}

export const abilityNames: Readonly<Record<string, string>> = {
  nameMatch: 'The exact name',
  revocation: 'Revocation',
  headerStrip: 'Certificate headers from outside',
  restPaths: 'Agreed REST paths only',
  tlsPolicy: 'TLS policy',
};
