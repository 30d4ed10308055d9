/** Every rule. Among findings of the same weight the order here decides: the more special cause stands first. */
import type { Rule } from './rule.ts';
import { addressNotAllowed } from './rules/address-not-allowed.ts';
import { addressNotInCertificate } from './rules/address-not-in-certificate.ts';
import { alteredChain } from './rules/altered-chain.ts';
import { chainBreaksARule } from './rules/chain-breaks-a-rule.ts';
import { closedWhileHeld } from './rules/closed-while-held.ts';
import { commonNameOnly } from './rules/common-name-only.ts';
import { crlOutdated } from './rules/crl-outdated.ts';
import { cutOffAfterHello } from './rules/cut-off-after-hello.ts';
import { distrustedAuthority } from './rules/distrusted-authority.ts';
import { inspectedOnTheWay } from './rules/inspected-on-the-way.ts';
import { intermediateNotSent } from './rules/intermediate-not-sent.ts';
import { keyDoesNotMatch } from './rules/key-does-not-match.ts';
import { legacyContainer } from './rules/legacy-container.ts';
import { nameDoesNotExist } from './rules/name-does-not-exist.ts';
import { nameServersSilent } from './rules/name-servers-silent.ts';
import { noCommonSuite } from './rules/no-common-suite.ts';
import { noSecureRenegotiation } from './rules/no-secure-renegotiation.ts';
import { notTls } from './rules/not-tls.ts';
import { packetsDropped } from './rules/packets-dropped.ts';
import { portRefuses } from './rules/port-refuses.ts';
import { privateAuthority } from './rules/private-authority.ts';
import { proxyCannotReachTarget } from './rules/proxy-cannot-reach-target.ts';
import { proxyForbidsTarget } from './rules/proxy-forbids-target.ts';
import { proxyInTrouble } from './rules/proxy-in-trouble.ts';
import { proxyWantsAuthentication } from './rules/proxy-wants-authentication.ts';
import { revocationAnswerUnusable } from './rules/revocation-answer-unusable.ts';
import { revocationNotToBeHad } from './rules/revocation-not-to-be-had.ts';
import { rootNotInOurList } from './rules/root-not-in-our-list.ts';
import { selfSignedDefault } from './rules/self-signed-default.ts';
import { serverCertificateExpired } from './rules/server-certificate-expired.ts';
import { serverCertificateNotMadeForServers } from './rules/server-certificate-not-made-for-servers.ts';
import { serverCertificateNotYetValid } from './rules/server-certificate-not-yet-valid.ts';
import { serverCertificateRevoked } from './rules/server-certificate-revoked.ts';
import { serverKeyNotProven } from './rules/server-key-not-proven.ts';
import { serverNameUnknown } from './rules/server-name-unknown.ts';
import { signatureRefused } from './rules/signature-refused.ts';
import { silentAfterConnect } from './rules/silent-after-connect.ts';
import { tls11AtMost } from './rules/tls11-at-most.ts';
import { tls12NotSpoken } from './rules/tls12-not-spoken.ts';
import { tls13Only } from './rules/tls13-only.ts';
import { unreadableKeyFile } from './rules/unreadable-key-file.ts';
import { weakKeyExchange } from './rules/weak-key-exchange.ts';
import { weakServerKey } from './rules/weak-server-key.ts';
import { weakSignature } from './rules/weak-signature.ts';
import { wildcardTooDeep } from './rules/wildcard-too-deep.ts';
import { wrongContainerPassword } from './rules/wrong-container-password.ts';
import { wrongVirtualHost } from './rules/wrong-virtual-host.ts';

export const rules: readonly Rule[] = [
  keyDoesNotMatch,
  wrongContainerPassword,
  legacyContainer,
  unreadableKeyFile,
  proxyWantsAuthentication,
  proxyForbidsTarget,
  proxyCannotReachTarget,
  proxyInTrouble,
  addressNotAllowed,
  nameServersSilent,
  nameDoesNotExist,
  portRefuses,
  packetsDropped,
  notTls,
  tls13Only,
  tls11AtMost,
  tls12NotSpoken,
  noCommonSuite,
  weakKeyExchange,
  noSecureRenegotiation,
  serverNameUnknown,
  cutOffAfterHello,
  silentAfterConnect,
  closedWhileHeld,
  serverCertificateRevoked,
  inspectedOnTheWay,
  selfSignedDefault,
  distrustedAuthority,
  rootNotInOurList,
  intermediateNotSent,
  privateAuthority,
  weakSignature,
  weakServerKey,
  alteredChain,
  serverKeyNotProven,
  serverCertificateNotMadeForServers,
  chainBreaksARule,
  signatureRefused,
  serverCertificateExpired,
  serverCertificateNotYetValid,
  commonNameOnly,
  wildcardTooDeep,
  addressNotInCertificate,
  wrongVirtualHost,
  crlOutdated,
  revocationNotToBeHad,
  revocationAnswerUnusable,
];
