/** Opens what was uploaded, judges it, and puts it into the inventory with its key sealed anew; or says why not. */
import { intakeFinding, type CertificateKind, type IntakeFinding } from '@sallyport/lifecycle';
import {
  claimCertificateUpload,
  currentSealKey,
  endLostUploads,
  failCertificateUploads,
  housekeepingScope,
  knownCertificate,
  refuseCertificateUpload,
  releaseCertificateUpload,
  requestOfKey,
  sealSecret,
  takeCertificateUpload,
  type CertificateRequestRow,
  type Scope,
  type SealedUpload,
} from '@sallyport/store';
import { openSealed, SealedSecretError, type SealKeyPair } from '@sallyport/store/open-sealed';
import type { Certificate } from '@sallyport/x509';
import type { Connector } from '../connector.ts';
import { judgeWithSources, pemOf, type JudgedWithSources, type JudgingConnector } from './judge-with-sources.ts';
import { endEntitiesIn, newestOf, openUpload, publicKeySha256, readUpload, type OpenedUpload } from './open-upload.ts';

export type IntakeConnector = JudgingConnector & Pick<Connector, 'sealKey' | 'log'>;

/** Works off what waits and is sealed to a key that is held here. */
export async function takeUploadsIn(connector: IntakeConnector): Promise<void> {
  const { store, connectorId, log } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  await failCertificateUploads(store, scope, {
    findings: [notOpened('No connector could open it; their logs say why. Upload it again.')],
  });
  const own = heldKeys(connector.sealKey).map(({ id }) => id);
  await endLostUploads(store, scope, own, { findings: [nobodyOpens] });
  for (;;) {
    const held = new Map(heldKeys(connector.sealKey).map((key) => [key.id, key]));
    const upload = await claimCertificateUpload(store, scope, [...held.keys()]);
    if (upload === null) return;
    const key = held.get(upload.sealKeyId);
    if (key === undefined) return;
    const outcome = await takeIn(connector, scope, upload, key);
    log.info({ event: 'certificate-upload.judged', uploadId: upload.id, outcome });
  }
}

/** The key that is sealed to now, and those from before. */
export function heldKeys(key: SealKeyPair): readonly SealKeyPair[] {
  return [key, ...(key.older ?? [])];
}

type Outcome = 'taken' | 'refused' | 'later';

async function takeIn(
  connector: IntakeConnector,
  scope: Scope,
  upload: SealedUpload,
  key: SealKeyPair,
): Promise<Outcome> {
  const { store } = connector;
  const refuse = async (
    findings: readonly IntakeFinding[],
    judged?: JudgedWithSources,
    known?: string,
  ): Promise<Outcome> => {
    await refuseCertificateUpload(store, scope, upload, judgementOf(findings, judged), known ?? null);
    return 'refused';
  };
  const { id, customerId } = upload;
  let opened: OpenedUpload;
  try {
    const binding = { recordId: id, customerId, purpose: 'certificate-upload' } as const;
    opened = openUpload(readUpload(await openSealed(key, upload.sealed, binding)), upload.kind);
  } catch (error) {
    if (error instanceof SealedSecretError || error instanceof SyntaxError)
      return refuse([notOpened('It was changed on its way, or moved from where it belongs. Upload it again.')]);
    throw error;
  }
  const meant = await certificateMeant(connector, scope, upload, opened);
  if (meant.endEntity === null) return refuse([...opened.faults, ...meant.findings]);
  const { endEntity, request } = meant;
  const kind = request?.kind ?? upload.kind;
  const known = await knownCertificate(store, scope, customerId, endEntity.sha256);
  if (known?.isOfOwner === true)
    return refuse([known.isRetired ? retired : alreadyKnown(known.kind)], undefined, known.id);
  if (known !== null) return refuse([knownToAnother(known.kind)]);
  const about = request ?? upload.about;
  const ownKey = opened.keys.find(({ publicKeyDer }) => sameKey(publicKeyDer, endEntity));
  const judged = await judgeWithSources(connector, {
    endEntity,
    others: opened.certificates.filter((one) => one !== endEntity),
    customerId,
    kind,
    policy: about.policy,
    domain: about.domain,
    anchorsPem: about.anchorsPem,
    asksAnew: true,
    asked: request?.wanted ?? null,
    key: ownKey !== undefined || request !== null ? 'matches' : opened.keys.length > 0 ? 'other' : 'absent',
  });
  // What could not be read beside a certificate that is whole is told, and stands in nobody's way.
  const faults = opened.faults.map((one) =>
    ownKey === undefined && request === null ? one : { ...one, severity: 'warns' as const },
  );
  const unused = opened.keys.filter((one) => one !== ownKey || request !== null).length;
  const findings = [
    ...faults,
    ...meant.findings,
    ...judged.findings,
    ...(unused > 0 && (ownKey !== undefined || request !== null) ? [keysUnused(unused, request !== null)] : []),
  ];
  if (findings.some(({ severity }) => severity === 'blocks')) return refuse(findings, judged);
  const sealKey = await currentSealKey(store);
  if (sealKey === null) {
    await releaseCertificateUpload(store, scope, id);
    return 'later';
  }
  const secret =
    request?.keySecretId ??
    (await sealSecret(sealKey, { customerId, purpose: 'client-key', plaintext: ownKey?.pkcs8Pem ?? '' }));
  const taken = await takeCertificateUpload(
    store,
    scope,
    upload,
    {
      customerId,
      kind,
      name: about.name ?? nameOf(endEntity),
      chainPem: pemOf(judged.chain),
      sha256: endEntity.sha256,
      notBefore: new Date(endEntity.notBefore),
      notAfter: new Date(endEntity.notAfter),
      isDefault: upload.about.makeDefault,
      domain: about.domain,
      custody: request === null ? 'uploaded' : 'made-inside',
      policy: about.policy,
      anchorsPem: about.anchorsPem,
      contacts: about.contacts,
      requestId: request?.id ?? null,
      judgement: judgementOf(findings, judged),
    },
    secret,
    judgementOf(findings, judged),
  );
  // Another upload of the same was quicker; the next turn tells it as known.
  if (taken === null) await releaseCertificateUpload(store, scope, id);
  return taken === null ? 'later' : 'taken';
}

interface Meant {
  readonly endEntity: Certificate | null;
  /** The open request whose key it has. */
  readonly request: (CertificateRequestRow & { readonly keySecretId: string }) | null;
  readonly findings: readonly IntakeFinding[];
}

/** By key first: of the keys that came, or of the open request that it answers. */
async function certificateMeant(
  { store }: IntakeConnector,
  scope: Scope,
  upload: SealedUpload,
  { certificates, keys, faults }: OpenedUpload,
): Promise<Meant> {
  const none = (...findings: readonly IntakeFinding[]): Meant => ({ endEntity: null, request: null, findings });
  const actor = upload.kind === 'customer-custom' ? 'customer' : 'operator';
  const told = (topic: 'file' | 'key-match', code: string, message: string): IntakeFinding =>
    intakeFinding({ topic, code, severity: 'blocks', message, actor });
  if (certificates.length === 0)
    return none(
      ...(faults.length > 0 ? [] : [told('file', 'no-certificate', 'There is no certificate in the files.')]),
    );
  if (upload.requestId === null) {
    const withKey = certificates.filter((one) => keys.some(({ publicKeyDer }) => sameKey(publicKeyDer, one)));
    if (new Set(withKey.map((one) => publicKeySha256(one.publicKeyDer))).size > 1)
      return none(
        told('file', 'several-certificates', 'There are several certificates with their keys: upload one at a time.'),
      );
    const endEntity = newestOf(withKey);
    if (endEntity !== undefined) return { endEntity, request: null, findings: [] };
  }
  const candidates = endEntitiesIn(certificates);
  for (const endEntity of candidates.toSorted((one, other) => other.notBefore - one.notBefore)) {
    const request = await requestOfKey(store, scope, publicKeySha256(endEntity.publicKeyDer));
    if (request === null || request.customerId !== upload.customerId) continue;
    // Given back for a request, its kind counts: that may have been corrected while the upload waited.
    if (upload.requestId === null && request.kind !== upload.kind) continue;
    if (upload.requestId === null || request.id === upload.requestId) return { endEntity, request, findings: [] };
    return none(
      told(
        'key-match',
        'certificate-of-another-request',
        `The certificate belongs to another request, '${request.name}': give it back there. Both requests stay open.`,
      ),
    );
  }
  if (upload.requestId !== null)
    return none(
      told(
        'key-match',
        'certificate-of-another-key',
        'No certificate in the files has the key of this request. The request stays open.',
      ),
    );
  const [only, ...more] = candidates;
  if (only === undefined)
    return none(told('file', 'authorities-only', 'There are only certificates of authorities in the files.'));
  if (more.length > 0)
    return none(
      told('file', 'several-certificates', 'There are several certificates, and no key that says which is meant.'),
    );
  return { endEntity: only, request: null, findings: [] };
}

function sameKey(publicKeyDer: Uint8Array, certificate: Certificate): boolean {
  return Buffer.compare(publicKeyDer, certificate.publicKeyDer) === 0;
}

function judgementOf(findings: readonly IntakeFinding[], judged?: JudgedWithSources): object {
  const { checks = null, path: chain = [], strangers = [], fetchedSha256 = [] } = judged ?? {};
  return { findings, checks, chain, strangers, fetchedSha256 };
}

function nameOf({ subject, serial }: Certificate): string {
  const name = /(?:^|,)CN=((?:\\.|[^,\\])+)/.exec(subject.toString())?.[1];
  return (name ?? serial).slice(0, 200);
}

function notOpened(message: string): IntakeFinding {
  return intakeFinding({ topic: 'file', code: 'upload-not-opened', severity: 'blocks', message, actor: 'operator' });
}

const nobodyOpens = intakeFinding({
  topic: 'file',
  code: 'upload-key-gone',
  severity: 'blocks',
  message:
    'No connector that can open it runs: it was sealed for one that is gone. Nothing of it was read or kept. Upload it again.',
  actor: 'operator',
});

function keysUnused(count: number, isMadeInside: boolean): IntakeFinding {
  const what = count === 1 ? 'A key' : `${count} keys`;
  return intakeFinding({
    topic: 'file',
    code: 'keys-unused',
    severity: 'warns',
    message: isMadeInside
      ? `${what} came with it and ${count === 1 ? 'was' : 'were'} not kept: the key of this certificate was made inside. Destroy what was sent, where it is not needed.`
      : `${what} in the files ${count === 1 ? 'belongs' : 'belong'} to another certificate and ${count === 1 ? 'was' : 'were'} not kept: bring certificate and key together, one at a time.`,
    actor: 'operator',
  });
}

function alreadyKnown(kind: CertificateKind): IntakeFinding {
  return intakeFinding({
    topic: 'inventory',
    code: 'already-in-inventory',
    severity: 'blocks',
    message: `This certificate is in the inventory already, as ${kind}; nothing was changed. Correct on its page what was said of it: kind, domain, authority, roots, contacts.`,
    actor: null,
  });
}

/** Whose it is, only the operator’s own is told: customers are nothing to each other. */
function knownToAnother(kind: CertificateKind): IntakeFinding {
  const whose = kind === 'customer-custom' ? 'a customer’s own' : 'one of ours, the operator’s';
  return intakeFinding({
    topic: 'inventory',
    code: 'in-inventory-of-another',
    severity: 'blocks',
    message: `This certificate is in the inventory already, as ${whose}: one key has one owner. Retire it there first, where it came in under the wrong one, and bring it again.`,
    actor: 'operator',
  });
}

const retired = intakeFinding({
  topic: 'inventory',
  code: 'certificate-retired',
  severity: 'blocks',
  message: 'This certificate was retired here and its key destroyed: it is not used again. Bring one with a new key.',
  actor: 'operator',
});
