/**
 * Who acts, and which customer's rows may be seen. Every function of the store takes one; only session code and job
 * code make one, from what they have proved.
 */

declare const proven: unique symbol;

export interface Scope {
  /** A customer's id, or `all` for the operator's people and for jobs that keep house. */
  readonly customer: string;
  /** For the audit: `person:<id>`, `token:<id>`, `connector:<id>`. */
  readonly actor: string;
  readonly [proven]: true;
}

/** The id under which the operator owns things of its own. */
export const operatorId = '00000000-0000-0000-0000-000000000000';

/** For a request whose session or token was found in the database: operators see all customers. */
export function sessionScope(actor: `person:${string}` | `token:${string}`): Scope {
  return { customer: 'all', actor } as Scope;
}

/** For a job or call that names its customer. */
export function jobScope(connectorId: string, customerId: string): Scope {
  return { customer: customerId, actor: `connector:${connectorId}` } as Scope;
}

/** For a connector's housekeeping, and for set-up on the command line. */
export function housekeepingScope(actor: string): Scope {
  return { customer: 'all', actor } as Scope;
}
