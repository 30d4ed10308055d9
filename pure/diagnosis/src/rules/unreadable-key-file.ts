import type { Rule } from '../rule.ts';

export const unreadableKeyFile: Rule = {
  id: 'unreadable-key-file',
  symptom: 'A file that was handed in is of another form, or its key is encrypted.',
  cause: 'The file of our client certificate or key cannot be read: it is encrypted, or of another form than PEM.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 7468 §2',
  whatToDo:
    'convert the file to PEM without a passphrase: certificate first, then its intermediates, the key in a file of its own.',
  tellApart: 'The message says which file, and whether it is encrypted.',
  log: 'nothing',
  repeat: 'own-certificate',
  match: ({ observations: { intake }, code, main }) => {
    if (
      intake !== null &&
      /malformed|BAD_DECRYPT|NO_START_LINE|wrong tag|unreadable|encrypted/i.test(`${intake.code} ${intake.message}`)
    )
      return { probe: 'intake', saw: intake.message };
    return code === 'client-certificate-malformed' ? { probe: 'ours', saw: main?.error?.message ?? '' } : null;
  },
};
