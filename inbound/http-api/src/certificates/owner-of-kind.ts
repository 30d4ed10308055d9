import type { ClientCertificateKind } from '@sallyport/console-api';
import { listCustomers, operatorId, type Store } from '@sallyport/store';
import { invalidFields } from '../api-problem.ts';

/** Whose a certificate of this kind will be: a customer's own, or the operator's. @throws ApiProblem */
export async function ownerOfKind(
  store: Store,
  { kind, customerId }: { readonly kind: ClientCertificateKind; readonly customerId?: string | undefined },
): Promise<string> {
  const fault = (code: string, message: string): Error => invalidFields([{ path: 'customerId', code, message }]);
  if (kind !== 'customer-custom') {
    if (customerId !== undefined)
      throw fault('customer-not-fitting', 'This kind belongs to the operator: leave the customer out.');
    return operatorId;
  }
  if (customerId === undefined || customerId === operatorId)
    throw fault('customer-missing', 'A customer’s own certificate names the customer.');
  if (!(await listCustomers(store)).some(({ id }) => id === customerId))
    throw fault('customer-unknown', 'There is no such customer.');
  return customerId;
}
