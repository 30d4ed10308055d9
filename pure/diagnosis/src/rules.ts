/** Every rule. Among findings of the same weight the order here decides: the more special cause stands first. */
import type { Rule } from './rule.ts';
import { accountLocked } from './rules/account-locked.ts';
import { addressNotAllowed } from './rules/address-not-allowed.ts';
import { addressNotInCertificate } from './rules/address-not-in-certificate.ts';
import { alteredChain } from './rules/altered-chain.ts';
import { answerIsNotJira } from './rules/answer-is-not-jira.ts';
import { answeredAsAnonymous } from './rules/answered-as-anonymous.ts';
import { anyCertificateAccepted } from './rules/any-certificate-accepted.ts';
import { anyNameAccepted } from './rules/any-name-accepted.ts';
import { basicSwitchedOff } from './rules/basic-switched-off.ts';
import { certificateByRenegotiation } from './rules/certificate-by-renegotiation.ts';
import { certificateNotAsked } from './rules/certificate-not-asked.ts';
import { certificateNotEnforced } from './rules/certificate-not-enforced.ts';
import { certificateRefusedByClosing } from './rules/certificate-refused-by-closing.ts';
import { certificateRefusedByJava } from './rules/certificate-refused-by-java.ts';
import { certificateRefusedInHttp } from './rules/certificate-refused-in-http.ts';
import { certificateRefusedOtherwise } from './rules/certificate-refused-otherwise.ts';
import { chainBreaksARule } from './rules/chain-breaks-a-rule.ts';
import { clockDifference } from './rules/clock-difference.ts';
import { closedWhileHeld } from './rules/closed-while-held.ts';
import { commonNameOnly } from './rules/common-name-only.ts';
import { createMetadataRemoved } from './rules/create-metadata-removed.ts';
import { credentialRefused } from './rules/credential-refused.ts';
import { crlOutdated } from './rules/crl-outdated.ts';
import { cutOffAfterHello } from './rules/cut-off-after-hello.ts';
import { distrustedAuthority } from './rules/distrusted-authority.ts';
import { enforcerClockWrong } from './rules/enforcer-clock-wrong.ts';
import { enforcerCrlMissing } from './rules/enforcer-crl-missing.ts';
import { enforcerCrlOutdated } from './rules/enforcer-crl-outdated.ts';
import { enforcerRefusesPurpose } from './rules/enforcer-refuses-purpose.ts';
import { failedBeforeNotNow } from './rules/failed-before-not-now.ts';
import { gatewayWithoutBackend } from './rules/gateway-without-backend.ts';
import { htmlInsteadOfJson } from './rules/html-instead-of-json.ts';
import { inspectedOnTheWay } from './rules/inspected-on-the-way.ts';
import { intermediateNotSent } from './rules/intermediate-not-sent.ts';
import { jiraServerError } from './rules/jira-server-error.ts';
import { jiraUnderMaintenance } from './rules/jira-under-maintenance.ts';
import { keyDoesNotMatch } from './rules/key-does-not-match.ts';
import { legacyContainer } from './rules/legacy-container.ts';
import { nameDoesNotExist } from './rules/name-does-not-exist.ts';
import { nameServersSilent } from './rules/name-servers-silent.ts';
import { newerVersionNotAccepted } from './rules/newer-version-not-accepted.ts';
import { noAnswerToRequest } from './rules/no-answer-to-request.ts';
import { noCertificateOfOurs } from './rules/no-certificate-of-ours.ts';
import { noCommonSuite } from './rules/no-common-suite.ts';
import { noSecureRenegotiation } from './rules/no-secure-renegotiation.ts';
import { notTls } from './rules/not-tls.ts';
import { oldIdentityKept } from './rules/old-identity-kept.ts';
import { onlyFiniteField } from './rules/only-finite-field.ts';
import { ourAuthorityNotAccepted } from './rules/our-authority-not-accepted.ts';
import { ourCertificateExpired } from './rules/our-certificate-expired.ts';
import { ourCertificateNotMadeForClients } from './rules/our-certificate-not-made-for-clients.ts';
import { ourCertificateNotYetValid } from './rules/our-certificate-not-yet-valid.ts';
import { ourCertificateRevoked } from './rules/our-certificate-revoked.ts';
import { ourIntermediateNotSent } from './rules/our-intermediate-not-sent.ts';
import { ourKeyTooWeak } from './rules/our-key-too-weak.ts';
import { ourKeyTypeNotAccepted } from './rules/our-key-type-not-accepted.ts';
import { ourPublicAuthorityEnds } from './rules/our-public-authority-ends.ts';
import { packetsDropped } from './rules/packets-dropped.ts';
import { portRefuses } from './rules/port-refuses.ts';
import { privateAuthority } from './rules/private-authority.ts';
import { proxyCannotReachTarget } from './rules/proxy-cannot-reach-target.ts';
import { proxyForbidsTarget } from './rules/proxy-forbids-target.ts';
import { proxyInTrouble } from './rules/proxy-in-trouble.ts';
import { proxyWantsAuthentication } from './rules/proxy-wants-authentication.ts';
import { rateLimited } from './rules/rate-limited.ts';
import { redirectedElsewhere } from './rules/redirected-elsewhere.ts';
import { restPathBlocked } from './rules/rest-path-blocked.ts';
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
import { singleSignOnInFront } from './rules/single-sign-on-in-front.ts';
import { stapleUnusable } from './rules/staple-unusable.ts';
import { tls11AtMost } from './rules/tls11-at-most.ts';
import { tls12NotSpoken } from './rules/tls12-not-spoken.ts';
import { tls13Only } from './rules/tls13-only.ts';
import { unevenNodes } from './rules/uneven-nodes.ts';
import { unexplained } from './rules/unexplained.ts';
import { unreadableKeyFile } from './rules/unreadable-key-file.ts';
import { weakKeyExchange } from './rules/weak-key-exchange.ts';
import { weakServerKey } from './rules/weak-server-key.ts';
import { weakSignature } from './rules/weak-signature.ts';
import { wildcardTooDeep } from './rules/wildcard-too-deep.ts';
import { workStillFails } from './rules/work-still-fails.ts';
import { wrongBasePath } from './rules/wrong-base-path.ts';
import { wrongContainerPassword } from './rules/wrong-container-password.ts';
import { wrongVirtualHost } from './rules/wrong-virtual-host.ts';

export const rules: readonly Rule[] = [
  unevenNodes,
  keyDoesNotMatch,
  wrongContainerPassword,
  legacyContainer,
  unreadableKeyFile,
  proxyWantsAuthentication,
  proxyForbidsTarget,
  proxyCannotReachTarget,
  proxyInTrouble,
  addressNotAllowed,
  newerVersionNotAccepted,
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
  stapleUnusable,
  crlOutdated,
  revocationAnswerUnusable,
  revocationNotToBeHad,
  certificateByRenegotiation,
  noCertificateOfOurs,
  ourKeyTypeNotAccepted,
  ourCertificateExpired,
  ourCertificateNotYetValid,
  ourCertificateRevoked,
  ourCertificateNotMadeForClients,
  ourKeyTooWeak,
  ourIntermediateNotSent,
  ourAuthorityNotAccepted,
  enforcerCrlOutdated,
  enforcerCrlMissing,
  enforcerClockWrong,
  enforcerRefusesPurpose,
  certificateRefusedByJava,
  certificateRefusedInHttp,
  certificateRefusedByClosing,
  certificateRefusedOtherwise,
  oldIdentityKept,
  certificateNotAsked,
  certificateNotEnforced,
  anyCertificateAccepted,
  anyNameAccepted,
  onlyFiniteField,
  accountLocked,
  basicSwitchedOff,
  credentialRefused,
  answeredAsAnonymous,
  rateLimited,
  singleSignOnInFront,
  redirectedElsewhere,
  wrongBasePath,
  restPathBlocked,
  createMetadataRemoved,
  gatewayWithoutBackend,
  jiraUnderMaintenance,
  jiraServerError,
  htmlInsteadOfJson,
  answerIsNotJira,
  noAnswerToRequest,
  clockDifference,
  ourPublicAuthorityEnds,
  workStillFails,
  failedBeforeNotNow,
  unexplained,
];
