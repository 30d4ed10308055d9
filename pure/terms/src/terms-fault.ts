/** Stable codes; `path` names the member as the API does, e.g. `projectKeys.0`. */
export interface TermsFault {
  readonly code:
    | 'TERMS_URL_MALFORMED'
    | 'TERMS_URL_NOT_HTTPS'
    | 'TERMS_URL_CREDENTIALS'
    | 'TERMS_URL_QUERY'
    | 'TERMS_URL_TOO_LONG'
    | 'TERMS_VERSION'
    | 'TERMS_PROJECT_KEY'
    | 'TERMS_FIELD'
    | 'TERMS_REST_PATH'
    | 'TERMS_REASON_MISSING'
    | 'TERMS_POLICY'
    | 'TERMS_PROXY'
    | 'TERMS_SWAPS'
    | 'TERMS_TLS13'
    | 'TERMS_REVOCATION'
    | 'TERMS_ANCHORS'
    | 'TERMS_CONTACT'
    | 'TERMS_RETENTION'
    | 'TERMS_ACCOUNT';
  readonly path: string;
  readonly message: string;
}
