import { z } from 'zod';
import { uuid } from './instant.ts';

export const customer = z.object({ id: uuid, name: z.string() }).meta({ id: 'Customer' });
export type Customer = z.infer<typeof customer>;

export const customerList = z.object({ items: z.array(customer) }).meta({ id: 'CustomerList' });
export type CustomerList = z.infer<typeof customerList>;

/** POST /customers. */
export const createCustomer = z
  .strictObject({ name: z.string().trim().min(1).max(200) })
  .meta({ id: 'CreateCustomer' });
export type CreateCustomer = z.infer<typeof createCustomer>;
