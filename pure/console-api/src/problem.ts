/** Refusals: RFC 9457 problem documents with a stable code, and who can act. */
import { z } from 'zod';
import { actor } from './checks.ts';

/**
 * Every code the API answers with, its status and its title. Codes are stable and never reused; `detail` says what was
 * seen this time.
 */
export const problems = {
  'request-invalid': { status: 422, title: 'The request has faults.' },
  'request-malformed': { status: 400, title: 'The request could not be read.' },
  'request-too-large': { status: 413, title: 'The request is too large.' },
  'media-type-unsupported': { status: 415, title: 'The API takes application/json only.' },
  'not-signed-in': { status: 401, title: 'Sign in, or send a Bearer token.' },
  'sign-in-refused': { status: 401, title: 'E-mail address and password do not match.' },
  'sign-in-throttled': { status: 429, title: 'Too many failed sign-ins.' },
  'link-refused': { status: 403, title: 'This one-time link is used, expired or unknown.' },
  'csrf-token-missing': { status: 403, title: 'The request did not come from the console.' },
  'not-found': { status: 404, title: 'There is no such thing here.' },
  'customer-name-taken': { status: 409, title: 'There is a customer of that name already.' },
  'host-belongs-to-another-customer': { status: 409, title: 'This Jira host belongs to another customer.' },
  'host-is-fixed': { status: 409, title: 'A connection keeps its Jira host.' },
  'client-certificate-missing': { status: 409, title: 'There is no client certificate to bind.' },
  'seal-key-missing': { status: 503, title: 'Nothing can be sealed yet: no connector has ever started.' },
  'check-needed': { status: 409, title: 'Activation needs an accepted check under the current terms.' },
  'state-conflict': { status: 409, title: 'That is not possible in the state of this connection.' },
  'terms-approval-needed': { status: 409, title: 'These terms are weaker: they need an approval by their hash.' },
  'crl-older-than-held': { status: 409, title: 'A newer CRL of this authority is held already.' },
  'person-needed': { status: 403, title: 'This is for people, each by themselves.' },
  'softening-not-approvable': { status: 409, title: 'This softening cannot be approved so.' },
  'softening-ended': { status: 409, title: 'This softening has ended.' },
  'replay-refuses': { status: 409, title: 'These terms would refuse what the connection is shown today.' },
  'doctor-busy': { status: 409, title: 'The doctor is looking already.' },
  'probes-not-agreed': { status: 409, title: 'The terms do not allow these probes.' },
  'swap-open': { status: 409, title: 'A swap of this connection is under way already.' },
  'swap-refused': { status: 409, title: 'This step of the swap is not possible now.' },
  'approval-not-of-this': { status: 409, title: 'What would be approved is not what is proposed.' },
  'certificate-request-not-open': { status: 409, title: 'This request takes no certificate now.' },
  'certificate-upload-not-waiting': { status: 409, title: 'This upload does not wait any more.' },
  'client-certificate-in-use': { status: 409, title: 'Connections still need this certificate.' },
  'client-certificate-in-swap': { status: 409, title: 'A swap or rollout under way brings this certificate.' },
  'client-certificate-is-default': { status: 409, title: 'New connections are bound to this certificate.' },
  'client-certificate-retired': { status: 409, title: 'This certificate is retired already.' },
  'client-certificate-not-judged': { status: 409, title: 'This certificate has not been judged yet.' },
  'client-certificate-blocked': { status: 409, title: 'A finding keeps this certificate from being used.' },
  'seal-key-not-rotatable': { status: 409, title: 'This key cannot be replaced now.' },
  'call-timed-out': { status: 504, title: 'No connector answered in time.' },
  'call-failed': { status: 502, title: 'The connector could not do it.' },
  'sandbox-absent': { status: 404, title: 'No sandbox runs here.' },
  'database-unavailable': { status: 503, title: 'The database does not answer.' },
  internal: { status: 500, title: 'This is a fault of Sallyport.' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

export type ProblemCode = keyof typeof problems;

/** A field of the request and what is wrong with it; `path` is dotted, e.g. `projectKeys.0`. */
export const fieldFault = z.object({ path: z.string(), code: z.string(), message: z.string() });
export type FieldFault = z.infer<typeof fieldFault>;

/** The body of every refusal, `application/problem+json`. */
export const problemDocument = z
  .object({
    type: z.string().describe('`urn:sallyport:problem:<code>`'),
    status: z.int(),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
    title: z.string(),
    detail: z.string().describe('What was seen this time, in a sentence for people.'),
    actor: actor.nullable().describe('Who can act; null where nobody has to.'),
    fields: z.array(fieldFault).describe('Faults by field; empty unless the request itself is at fault.'),
    seen: z.record(z.string(), z.unknown()).optional().describe('What was seen and what was required, by name.'),
  })
  .meta({ id: 'Problem' });
export type ProblemDocument = z.infer<typeof problemDocument>;
