/** The five-check report as the API carries it; its meaning is that of `@sallyport/tls-policy`. */
import { z } from 'zod';

export const actor = z.enum(['operator', 'customer', 'network-team', 'certificate-authority']);
export type Actor = z.infer<typeof actor>;

export const checkStatus = z.enum(['pass', 'fail', 'unknown', 'not-applicable']);
export type CheckStatus = z.infer<typeof checkStatus>;

/** The five checks of requirement R6, in the order in which people read them. */
export const checkNames = ['validity', 'trust', 'signature', 'name', 'revocation'] as const;
export type CheckName = (typeof checkNames)[number];

export const evidenceValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export const checkResult = z
  .object({
    status: checkStatus,
    code: z.string().describe('Stable code of what decided; `ok` where it passed, `not-reached` where it was not run.'),
    message: z.string(),
    actor: actor.nullable(),
    evidence: evidenceValues,
  })
  .meta({ id: 'CheckResult' });
export type CheckResult = z.infer<typeof checkResult>;

export const fiveChecks = z
  .object({
    validity: checkResult,
    trust: checkResult,
    signature: checkResult,
    name: checkResult,
    revocation: checkResult,
  })
  .meta({ id: 'FiveChecks' });
export type FiveChecks = z.infer<typeof fiveChecks>;

/** A certificate of the judged path. */
export const shownCertificate = z
  .object({
    role: z.enum(['end-entity', 'intermediate', 'anchor']),
    subject: z.string(),
    issuer: z.string(),
    serial: z.string(),
    notBefore: z.string(),
    notAfter: z.string(),
    key: z.string(),
    sha256: z.string(),
    subjectAltNames: z.array(z.string()),
  })
  .meta({ id: 'ShownCertificate' });
export type ShownCertificate = z.infer<typeof shownCertificate>;

export const verdict = z.enum(['accepted', 'refused', 'none']);
export type Verdict = z.infer<typeof verdict>;

export const fiveCheckReport = z
  .object({ verdict, at: z.string(), checks: fiveChecks, path: z.array(shownCertificate) })
  .meta({ id: 'FiveCheckReport' });
export type FiveCheckReport = z.infer<typeof fiveCheckReport>;

/** What keeps something from working: a stable code, a sentence, who can act. */
export const finding = z
  .object({ code: z.string(), message: z.string(), actor: actor.nullable() })
  .meta({ id: 'Finding' });
export type Finding = z.infer<typeof finding>;
