import type { SealKey } from '@sallyport/console-api';
import type { LineState } from '../../elements/state-line.tsx';

const takingOut = ['Taken out of use', 'Records left', 'Key retired'] as const;
const steps = ['Asked', 'Next key in place', 'Next key takes over', 'Records sealed anew', 'Old key retired'] as const;

/** Where the replacement of a key stands; empty where none was asked for. */
export function replacementSteps(key: Pick<SealKey, 'state' | 'rotationAskedAt' | 'takenOut'>): readonly LineState[] {
  if (key.takenOut !== null)
    return takingOut.map((name, index) => ({
      name,
      when: index === 0 || key.state === 'retired' ? 'past' : index === 1 ? 'now' : 'ahead',
    }));
  if (key.state === 'current' && key.rotationAskedAt === null) return [];
  const at = key.state === 'current' ? 1 : key.state === 'retiring' ? 3 : steps.length;
  return steps.map((name, index) => ({ name, when: index < at ? 'past' : index === at ? 'now' : 'ahead' }));
}

/** A replacement is written, read by every process and registered within this; longer means that something is in its way. */
const handoverMilliseconds = 60_000;

/** A sentence on what a replacement that is under way does now, or what it waits for; null where none is. */
export function replacementSentence(key: SealKey, now: number): string | null {
  const { state, rotationAskedAt, sealedRecords, connectors } = key;
  if (state === 'retired' || (state === 'current' && rotationAskedAt === null)) return null;
  const records = `${sealedRecords} ${sealedRecords === 1 ? 'record is' : 'records are'} still sealed to it`;
  if (state === 'retiring') {
    if (sealedRecords === 0) return 'Nothing is sealed to it any more; it is retired in a moment.';
    return connectors.length === 0
      ? `${records}. What other keys have a copy of moves to them; what stays can be opened only by a connector with this key’s file.`
      : `${records} and being sealed anew.`;
  }
  if (connectors.length === 0)
    return 'No running connector holds this key: it goes on when the connector that has it runs again. Where that is gone for good, take the key out of use.';
  return rotationAskedAt !== null && now - Date.parse(rotationAskedAt) > handoverMilliseconds
    ? 'It takes long. Every connector that holds this key must have read the next one. Where the service manager hands the key in, print the next file with ./sallyport seal-key OLDFILE, hand that in, and restart the connectors one by one.'
    : 'Its connector writes the next key, and waits until every process on its directory holds it.';
}
