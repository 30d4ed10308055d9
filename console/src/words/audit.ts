/** What an event of the audit trail says; `detail` is what was written beside it. */
const words: Readonly<Record<string, string>> = {
  'certificate-request.asked': 'A certificate was asked for',
  'certificate-request.key-made': 'A connector made the key and the request',
  'certificate-request.corrected': 'What was said of the certificate to come was corrected',
  'certificate-request.withdrawn': 'The request was given up',
  'certificate-upload.received': 'Files were uploaded',
  'certificate-upload.refused': 'The upload was refused',
  'certificate-upload.cancelled': 'The upload was called back',
  'client-certificate.added': 'Taken into the inventory',
  'client-certificate.described': 'Name or contacts were changed',
  'client-certificate.correction-asked': 'A correction of what it is judged by was asked for',
  'client-certificate.corrected': 'What it is judged by was corrected',
  'client-certificate.correction-refused': 'The correction was not made: it would have blocked it',
  'client-certificate.findings-changed': 'Judged anew: other findings than before',
  'client-certificate.revocation': 'Its revocation status changed',
  'client-certificate.retired': 'Retired',
  'swap.proposed': 'A swap was proposed',
  'swap.approved': 'The swap was approved',
  'swap.validate': 'The swap was validated',
  'swap.announce-trust': 'The next certificate may be tried',
  'swap.pass-canary': 'The canary was accepted',
  'swap.schedule': 'The window was set',
  'swap.activate': 'The pointer was moved: activated',
  'swap.observe': 'Observed long enough',
  'swap.finish': 'The swap is done',
  'swap.roll-back': 'Rolled back',
  'swap.cancel': 'The swap was cancelled',
  'swap.block': 'The swap is blocked',
  'swap.refused': 'The far side refused it while it was blocked',
  'swap.resume': 'The swap goes on',
  'swap.canary-accepted': 'The far side accepted the canary',
  'swap.canary-refused': 'The far side refused the canary',
  'swap.canary-failed': 'The canary did not come through',
  'swap.handshake-accepted': 'Observed: a handshake was accepted',
  'swap.handshake-failed': 'Observed: a handshake failed',
  'connection.certificate-accepted-again': 'A check was accepted: the refused certificate serves again',
  'rollout.proposed': 'The rollout was proposed',
  'rollout.approved': 'The rollout was approved, for every swap of it',
  'rollout.ready': 'All canaries have come back',
  'rollout.moving': 'The rollout moves',
  'rollout.cohort': 'A cohort was let into its window',
  'rollout.stopped': 'The rollout stopped',
  'rollout.done': 'The rollout is done',
  'rollout.cancelled': 'The rollout was cancelled',
};

const asked: Readonly<Record<string, string>> = {
  trusted: 'to note that the customer trusts the next certificate',
  'canary-at': 'for a canary at an agreed time',
  canary: 'for a canary',
  schedule: 'for a window',
  activate: 'for the activation',
  'roll-back': 'to roll back',
  finish: 'to finish',
  resume: 'to go on',
  cancel: 'to cancel',
  begin: 'to begin',
  stop: 'to stop',
};

/** A sentence without its full stop; the code itself where no words are known. */
export function auditWords(action: string): string {
  const [, mark, wish] = /^(?:swap|rollout)\.asked([.-])(.+)$/u.exec(action) ?? [];
  if (wish !== undefined) {
    // With a dot the web tier wrote it down, with a hyphen a connector took it up.
    const words = asked[wish] ?? `for “${wish}”`;
    return mark === '.' ? `Somebody asked ${words}` : `Taken up: asked ${words}`;
  }
  return words[action] ?? action;
}

/** Where one can look at the subject of an event; null where it has no page. */
export function subjectAddress(subject: string): string | null {
  const [, kind, id] = /^([a-z-]+):([A-Za-z0-9-]+)$/u.exec(subject) ?? [];
  if (id === undefined) return null;
  if (kind === 'swap') return `/swaps/${id}`;
  if (kind === 'rollout') return `/rollouts/${id}`;
  if (kind === 'client-certificate') return `/client-certificates/${id}`;
  if (kind === 'certificate-request') return `/client-certificates/requests/${id}`;
  return kind === 'certificate-upload' ? `/client-certificates/uploads/${id}` : null;
}

/** `person:…` by the person's name, connectors and tokens by their kind. */
export function actorName(actor: string, people: ReadonlyMap<string, string>): string {
  const [kind = '', id = ''] = actor.split(':', 2);
  if (kind === 'person') return people.get(id) ?? 'somebody who may not sign in any more';
  if (kind === 'token') return 'an API token';
  return kind === 'connector' ? `connector ${id}` : actor;
}
