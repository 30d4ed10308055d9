/** A new connection: terms judged, credential sealed, certificate bound, all kept in one transaction. */
import type { NewConnection } from '@sallyport/console-api';
import {
  currentSealKey,
  insertConnection,
  insertCustomer,
  listClientCertificates,
  listCustomers,
  listEgressGroups,
  operatorId,
  readSetting,
  sealSecret,
  type Connection,
  type Scope,
  type SealedSecret,
  type Store,
} from '@sallyport/store';
import type { Terms } from '@sallyport/terms';
import { ApiProblem, invalidFields } from '../api-problem.ts';
import { firstTerms } from './new-terms.ts';

/** Creates a draft; nothing is dialled. */
export async function createConnectionOf(store: Store, scope: Scope, wish: NewConnection): Promise<Connection> {
  const terms = firstTerms(wish);
  await requireEgressGroup(store, terms);
  const customerId = await customerOf(store, scope, wish.customer);
  const chosen = wish.clientCertificate?.required === true ? (wish.clientCertificate.id ?? null) : null;
  const clientCertificateId = await certificateToBind(store, scope, terms, customerId, chosen);
  const credential = await sealCredential(store, customerId, wish.authentication);
  return insertConnection(store, scope, {
    customerId,
    name: wish.name ?? new URL(terms.baseUrl).hostname,
    terms,
    credential,
    clientCertificateId,
    isSandbox: await leadsToSandbox(store, terms),
    hostConfirmed: wish.confirmSharedHost === true,
  });
}

/** Only known groups: a connection of another would wait for connectors that never come. */
export async function requireEgressGroup(store: Store, { egressGroup }: Terms): Promise<void> {
  const groups = await listEgressGroups(store);
  if (groups.some(({ id }) => id === egressGroup)) return;
  const known = groups.map(({ id }) => id).join(', ');
  const message = `There is no egress group '${egressGroup}'; known: ${known}.`;
  throw invalidFields([{ path: 'egressGroup', code: 'egress-group-unknown', message }]);
}

/** Whether this address is the sandbox's: what comes from there is made up, and is shown as such. */
async function leadsToSandbox(store: Store, { baseUrl }: Terms): Promise<boolean> {
  const setting = await readSetting<{ baseUrl?: unknown }>(store, 'sandbox');
  const sandbox = typeof setting?.baseUrl === 'string' ? URL.parse(setting.baseUrl) : null;
  return sandbox !== null && sandbox.host === URL.parse(baseUrl)?.host;
}

/** Seals a credential to the connectors' public key: from here on this tier cannot read it. */
export async function sealCredential(
  store: Store,
  customerId: string,
  authentication: NewConnection['authentication'],
): Promise<SealedSecret> {
  const key = await currentSealKey(store);
  if (key === null)
    throw new ApiProblem('seal-key-missing', {
      detail: 'Secrets are sealed to a key that the first connector makes. Start a connector, then try again.',
      actor: 'operator',
      retryAfterSeconds: 5,
    });
  return sealSecret(key, { customerId, purpose: 'jira-credential', plaintext: JSON.stringify(authentication) });
}

/** The operator's default unless another was chosen; null only where the terms go without. */
export async function certificateToBind(
  store: Store,
  scope: Scope,
  terms: Terms,
  customerId: string,
  chosen: string | null,
): Promise<string | null> {
  if (!terms.clientCertificate.required) return null;
  const usable = (await listClientCertificates(store, scope)).filter(
    (certificate) => certificate.customerId === customerId || certificate.customerId === operatorId,
  );
  const bound = usable.find(({ id, isDefault }) => (chosen === null ? isDefault : id === chosen));
  if (bound !== undefined) return bound.id;
  if (chosen !== null)
    throw invalidFields([
      {
        path: 'clientCertificate.id',
        code: 'client-certificate-unknown',
        message: 'There is no such client certificate, or it belongs to another customer.',
      },
    ]);
  throw new ApiProblem('client-certificate-missing', {
    detail:
      'The operator has no default client certificate yet. Bring one, choose one, or give a reason for going without.',
    actor: 'operator',
  });
}

async function customerOf(store: Store, scope: Scope, wish: NewConnection['customer']): Promise<string> {
  const customers = await listCustomers(store);
  if ('id' in wish) {
    if (customers.some(({ id }) => id === wish.id)) return wish.id;
    throw invalidFields([{ path: 'customer.id', code: 'customer-unknown', message: 'There is no such customer.' }]);
  }
  const known = customers.find(({ name }) => name === wish.name);
  if (known !== undefined) return known.id;
  const inserted = await insertCustomer(store, scope, wish.name);
  if (inserted !== null) return inserted.id;
  // Somebody was quicker, or it is the operator's own name.
  const again = (await listCustomers(store)).find(({ name }) => name === wish.name);
  if (again !== undefined) return again.id;
  throw new ApiProblem('customer-name-taken', { detail: `The name '${wish.name}' cannot be a customer's.` });
}
