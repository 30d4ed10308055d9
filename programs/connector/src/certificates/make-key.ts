/** Makes the key of a request and its PKCS#10. The key is sealed before it is stored, and never leaves this process in clear. */
import { createHash, generateKeyPair, type KeyObject } from 'node:crypto';
import {
  claimCertificateRequest,
  currentSealKey,
  failCertificateRequests,
  housekeepingScope,
  openCertificateRequest,
  sealSecret,
  type WantedCertificate,
} from '@sallyport/store';
import { intakeFinding } from '@sallyport/lifecycle';
import { provesPossession, readCertificationRequest, writePem } from '@sallyport/x509';
import type { Connector } from '../connector.ts';
import { writeCertificationRequest } from './write-certification-request.ts';

type MakingConnector = Pick<Connector, 'store' | 'connectorId' | 'log'>;

/** Works off what waits. */
export async function makeRequestedKeys({ store, connectorId, log }: MakingConnector): Promise<void> {
  const scope = housekeepingScope(`connector:${connectorId}`);
  await failCertificateRequests(store, scope, failed);
  for (;;) {
    const sealKey = await currentSealKey(store);
    if (sealKey === null) return;
    const request = await claimCertificateRequest(store, scope);
    if (request === null) return;
    const key = await newKey(request.wanted.keyType);
    const der = writeCertificationRequest(request.wanted, key);
    const read = readCertificationRequest(new Uint8Array(der));
    if (!provesPossession(read)) throw new Error('a request of our own does not verify');
    const sealed = await sealSecret(sealKey, {
      customerId: request.customerId,
      purpose: 'client-key',
      plaintext: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    });
    const isOpen = await openCertificateRequest(store, scope, request, {
      requestPem: writePem('CERTIFICATE REQUEST', der),
      publicKeySha256: createHash('sha256').update(read.publicKey.der).digest('hex'),
      key: sealed,
    });
    log.info({ event: 'certificate-request.key-made', requestId: request.id, keyType: request.wanted.keyType, isOpen });
  }
}

const failed = intakeFinding({
  topic: 'file',
  code: 'key-not-made',
  severity: 'blocks',
  message: 'No connector could make the key; their logs say why. Ask again.',
  actor: 'operator',
});

/** Made outside the event loop: RSA takes a second. */
function newKey(keyType: WantedCertificate['keyType']): Promise<KeyObject> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, _publicKey: KeyObject, privateKey: KeyObject): void =>
      error === null ? resolve(privateKey) : reject(error);
    if (keyType === 'rsa3072') generateKeyPair('rsa', { modulusLength: 3072 }, done);
    else generateKeyPair('ec', { namedCurve: keyType === 'p384' ? 'P-384' : 'P-256' }, done);
  });
}
