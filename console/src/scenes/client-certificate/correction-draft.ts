import type {
  ChangeClientCertificate,
  ClientCertificateDetail,
  ClientCertificateKind,
  IssuancePolicy,
} from '@sallyport/console-api';

export interface CorrectionDraft {
  readonly kind: ClientCertificateKind;
  readonly domain: string;
  readonly policy: IssuancePolicy;
  /** Left empty: the roots stay as they are. */
  readonly anchorsPem: string;
}
export type CorrectionField = keyof CorrectionDraft;

/** What was said of it, as it stands. */
export function correctionOf({
  kind,
  domain,
  policy,
}: Pick<ClientCertificateDetail, 'kind' | 'domain' | 'policy'>): CorrectionDraft {
  return { kind, domain: domain ?? '', policy, anchorsPem: '' };
}

/** Only what differs; empty where nothing does. */
export function changedFacts(
  certificate: Pick<ClientCertificateDetail, 'kind' | 'domain' | 'policy'>,
  draft: CorrectionDraft,
): ChangeClientCertificate {
  const domain = draft.domain.trim().toLowerCase();
  const anchorsPem = draft.policy === 'agreed-private-ca' ? draft.anchorsPem.trim() : '';
  return {
    ...(draft.kind === certificate.kind ? {} : { kind: draft.kind }),
    ...(domain === (certificate.domain ?? '') ? {} : { domain: domain === '' ? null : domain }),
    ...(draft.policy === certificate.policy ? {} : { policy: draft.policy }),
    ...(anchorsPem === '' ? {} : { anchorsPem }),
  };
}
