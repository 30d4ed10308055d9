export { canonicalTerms, termsHash } from './canonical-terms.ts';
export { renderTerms, type NamedClientCertificate } from './render-terms.ts';
export {
  defaultFields,
  proposeTerms,
  type AnchorTerms,
  type ClientCertificateTerms,
  type Contact,
  type Terms,
  type TermsChoice,
} from './terms.ts';
export { weakens } from './weakened-terms.ts';
