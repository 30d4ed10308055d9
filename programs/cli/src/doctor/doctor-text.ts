/** A diagnosis as people like to read it: the answer first, then what was seen, then what to do and what to send. */
import type { Finding } from '@sallyport/diagnosis';
import { actorWords } from '@sallyport/tls-dialer';
import type { DoctorDocument } from './doctor-document.ts';

const columns = 100;
const certaintyWords = { certain: 'certainly', likely: 'most likely', possible: 'possibly' } as const;

export function renderDoctor(document: DoctorDocument): string {
  const { findings, observations } = document;
  const lines = [observations.target.url, ''];
  const [top, ...others] = findings;
  if (top === undefined) lines.push('  It works, and nothing is to be put right.', '');
  else lines.push(...answerLines(top, document.verdict));
  lines.push(...probeLines(document));
  if (top !== undefined) lines.push(...actionLines(top));
  if (others.length > 0) lines.push('Also seen', '');
  for (const finding of others) lines.push(...otherLines(finding));
  return `${lines.join('\n').trimEnd()}\n`;
}

function answerLines(top: Finding, verdict: DoctorDocument['verdict']): string[] {
  return [
    verdict === 'fails' ? 'It does not work.' : 'It works, but something should be put right.',
    '',
    ...wrap('  ', top.cause),
    ...wrap('  ', `${actorWords(top.actor)} can repair it.`),
    '',
    ...wrap('  Certainty        ', `${certaintyWords[top.certainty]}; ${top.citation}`),
    ...wrap('  Seen             ', `${top.observation.saw} (probe '${top.observation.probe}')`),
    ...wrap('  To tell apart    ', top.tellApart),
    '',
  ];
}

function probeLines({ probes, handshakes, requests, milliseconds, enforcement }: DoctorDocument): string[] {
  if (probes.length === 0) return [];
  const ran = probes.filter(({ outcome }) => outcome === 'ran');
  const left = probes.filter(
    ({ outcome }) => outcome === 'not-allowed' || outcome === 'stopped' || outcome === 'no-budget',
  );
  return [
    `Evidence: ${handshakes} handshakes, ${requests} requests, ${milliseconds} ms`,
    '',
    ...ran.map(({ title, handshakes: count, milliseconds: time }) => `  ${title} (${count}, ${time} ms)`),
    ...left.map(({ title, outcome }) => `  ${title}: ${outcome === 'not-allowed' ? 'not asked' : outcome}`),
    '',
    ...wrap('  Enforcement      ', enforcement.statement),
    '',
  ];
}

function actionLines(top: Finding): string[] {
  return [
    'What to do',
    '',
    ...wrap('  ', `Please ${top.whatToDo}`),
    '',
    'To see it without Sallyport',
    '',
    `  ${printable(top.repeatCommand)}`,
    '',
    'Text to send',
    '',
    ...top.textToSend.split('\n').map((line) => `  | ${printable(line)}`),
    '',
  ];
}

function otherLines(finding: Finding): string[] {
  return [
    ...wrap('  ', `${finding.cause} (${certaintyWords[finding.certainty]})`),
    ...wrap('    ', `${actorWords(finding.actor)}: please ${finding.whatToDo}`),
    `    ${printable(finding.repeatCommand)}`,
    '',
  ];
}

/** Text behind a first column, further lines indented like it. */
function wrap(first: string, text: string): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of printable(text).split(' ')) {
    if (!empty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = ' '.repeat(first.length) + word;
    } else line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** Names come from the far side: control characters must not reach a terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}
