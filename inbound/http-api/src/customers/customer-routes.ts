import { createCustomer, customer, customerList } from '@sallyport/console-api';
import { insertCustomer, listCustomers } from '@sallyport/store';
import type { Routes } from '../api-context.ts';
import { ApiProblem } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';

/** GET, POST /customers. */
export const customerRoutes: Routes = (api, { store }) => {
  api.get('/customers', { schema: { response: { 200: customerList } } }, async (request) => {
    callerOf(request);
    return { items: await listCustomers(store) };
  });
  api.post('/customers', { schema: { body: createCustomer, response: { 201: customer } } }, async (request, reply) => {
    const { scope } = callerOf(request);
    const inserted = await insertCustomer(store, scope, request.body.name);
    if (inserted === null)
      throw new ApiProblem('customer-name-taken', { detail: `There is a customer '${request.body.name}'.` });
    reply.status(201);
    return inserted;
  });
};
