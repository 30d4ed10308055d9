/** Cases of a suite that cannot be run as they stand. They get a line with the reason, the run goes on, and it does not pass. */
import type { CaseResult } from './divergences.ts';

/** Why a value is no case of x509-limbo; null where it is one. Only fields that are read are looked at. */
export function limboFault(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return 'it is no object';
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name of ['id', 'validation_kind', 'peer_certificate', 'expected_result'])
    if (typeof fields[name] !== 'string') return `it has no ${name}`;
  if (fields['expected_result'] !== 'SUCCESS' && fields['expected_result'] !== 'FAILURE')
    return 'its expected_result is neither SUCCESS nor FAILURE';
  for (const name of ['trusted_certs', 'untrusted_intermediates'])
    if (!isTexts(fields[name])) return `it has no list of texts ${name}`;
  for (const name of ['features', 'key_usage', 'extended_key_usage', 'crls'])
    if (fields[name] != null && !isTexts(fields[name])) return `its ${name} is no list of texts`;
  const peers: readonly unknown[] = [fields['expected_peer_name'] ?? [], fields['expected_peer_names'] ?? []].flat();
  if (!peers.every(isPeerName)) return 'a peer name without kind and value';
  const depth = fields['max_chain_depth'];
  if (depth != null && !(Number.isInteger(depth) && Number(depth) >= 0)) return 'its max_chain_depth is no count';
  const time = fields['validation_time'];
  return time == null || typeof time === 'string' ? null : 'its validation_time is no text';
}

/** Runs a case; what it throws becomes its line. */
export function runCase(value: unknown, run: () => CaseResult): CaseResult {
  try {
    return run();
  } catch (error) {
    return brokenCase(value, error instanceof Error ? error.message : String(error));
  }
}

export function brokenCase(value: unknown, reason: string): CaseResult {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const name = fields['id'] ?? fields['number'];
  const id = typeof name === 'string' && name !== '' ? name : '(no id)';
  const expected = fields['expected_result'] ?? fields['expected'];
  const accept = expected === 'SUCCESS' || expected === 'valid';
  return {
    id: oneLine(id),
    identity: id,
    expected: accept ? 'accept' : 'reject',
    actual: 'broken',
    code: oneLine(reason),
  };
}

/** The output has one line a case. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 300);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isPeerName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, value: text } = value as Readonly<Record<string, unknown>>;
  return typeof kind === 'string' && typeof text === 'string';
}
