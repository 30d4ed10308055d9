export { canonicalTerms, termsHash } from './canonical-terms.ts';
export { defaultFields, defaultRestPaths, defaultTerms, type TermsChoices } from './default-terms.ts';
export { dialsTheSame } from './dialled-terms.ts';
export { permitsRequest } from './request-permission.ts';
export {
  termsPolicyIds,
  type Terms,
  type TermsAnchors,
  type TermsClientCertificate,
  type TermsContact,
  type TermsPolicyId,
  type TermsRetention,
} from './terms.ts';
export { calendarFaults, type TermsFreeze, type TermsSwaps } from './swap-terms.ts';
export { type TermsProxy } from './terms-proxy.ts';
export { termsFaults, urlFaults, type TermsFault } from './terms-faults.ts';
export { type TermsCrlAddress, type TermsRevocationRules } from './revocation-terms.ts';
export { renderTerms, type NamedClientCertificate, type TermsPageContext } from './terms-page.ts';
export { weakens } from './weakening.ts';
