import { clientCertificateDetail, idParameters, retireClientCertificate } from '@sallyport/console-api';
import {
  findInventoryCertificate,
  makeCertificateDefault,
  operatorId,
  retireClientCertificate as retire,
  type RetirementObstacles,
} from '@sallyport/store';
import type { Routes } from '../api-context.ts';
import { ApiProblem, notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';
import { detailOf } from './client-certificate-routes.ts';
import { requireUsable } from './usable-certificate.ts';

/** POST /client-certificates/{id}/retire: it stays in the inventory, its key is destroyed. POST …/make-default: new connections are bound to it. */
export const retirementRoutes: Routes = (api, { store }) => {
  api.post(
    '/client-certificates/:id/retire',
    { schema: { params: idParameters, body: retireClientCertificate, response: { 200: clientCertificateDetail } } },
    async (request) => {
      const { scope } = callerOf(request);
      const { id } = request.params;
      const obstacles = await retire(store, scope, id, request.body.reason);
      if (obstacles !== null) throw refusalOf(obstacles);
      request.log.info({ event: 'client-certificate.retired', clientCertificateId: id });
      return detailOf(store, scope, id);
    },
  );
  api.post(
    '/client-certificates/:id/make-default',
    { schema: { params: idParameters, response: { 200: clientCertificateDetail } } },
    async (request) => {
      const { scope } = callerOf(request);
      const { id } = request.params;
      const certificate = await findInventoryCertificate(store, scope, id);
      if (certificate === null) throw notFound('certificate');
      await requireUsable(store, scope, certificate);
      if (certificate.customerId !== operatorId || !(await makeCertificateDefault(store, scope, id)))
        throw new ApiProblem('client-certificate-blocked', {
          detail: `'${certificate.name}' cannot be the default: only a certificate of ours that is in use can be.`,
          actor: 'operator',
        });
      return detailOf(store, scope, id);
    },
  );
};

/** The first that stands in the way, in the order in which people would clear it; all of it is in `seen`. */
function refusalOf({ retiredAt, isDefault, uses, swaps, rollouts }: RetirementObstacles): ApiProblem {
  const seen = { isDefault, uses, swaps, rollouts };
  if (retiredAt !== null)
    return new ApiProblem('client-certificate-retired', { detail: `It was retired on ${retiredAt.slice(0, 10)}.` });
  if (swaps.length > 0 || rollouts.length > 0)
    return new ApiProblem('client-certificate-in-swap', {
      detail:
        swaps.length > 0
          ? `${named(swaps.map(({ connectionName }) => connectionName))}: cancel the swap, or let it end.`
          : 'A rollout that is open brings it: cancel it, or let it end.',
      actor: 'operator',
      seen,
    });
  const served = uses.filter(({ pointer }) => pointer !== 'previous');
  if (served.length > 0)
    return new ApiProblem('client-certificate-in-use', {
      detail: `${named(served.map(useName))}: swap ${served.length === 1 ? 'it' : 'them'} to another certificate first.`,
      actor: 'operator',
      seen,
    });
  if (uses.length > 0)
    return new ApiProblem('client-certificate-in-use', {
      detail: `${named(uses.map(useName))} may still go back to it: wait until the window of the swap closes, or finish the swap.`,
      actor: 'operator',
      seen,
    });
  return new ApiProblem('client-certificate-is-default', {
    detail: 'New connections are bound to it: make another certificate the default first.',
    actor: 'operator',
    seen,
  });
}

const mostNamed = 5;

function useName({ connectionName, customerName }: RetirementObstacles['uses'][number]): string | null {
  return connectionName === null ? null : `${customerName ?? ''}, ${connectionName}`;
}

function named(names: readonly (string | null)[]): string {
  const known = names.flatMap((name) => name ?? []);
  const more = names.length - Math.min(known.length, mostNamed);
  const shown = known.slice(0, mostNamed).join('; ');
  if (shown === '') return `${names.length} ${names.length === 1 ? 'connection' : 'connections'} of others`;
  return more === 0 ? shown : `${shown} and ${more} more`;
}
