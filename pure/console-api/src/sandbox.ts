import { z } from 'zod';
import { uuid } from './instant.ts';

export const sandboxFault = z.enum(['expired', 'wrong-name', 'refuses-us']);
export type SandboxFault = z.infer<typeof sandboxFault>;

/** GET /sandbox. */
export const sandbox = z
  .object({
    present: z.boolean(),
    baseUrl: z.string().nullable(),
    projects: z.array(z.string()),
    connectionId: uuid.nullable(),
    /** As they were switched last; by fault. */
    faults: z.partialRecord(sandboxFault, z.boolean()),
  })
  .meta({ id: 'Sandbox' });
export type Sandbox = z.infer<typeof sandbox>;

/** POST /sandbox/faults: a connector switches it; answers the state of all. */
export const switchFault = z.strictObject({ fault: sandboxFault, on: z.boolean() }).meta({ id: 'SwitchFault' });
export type SwitchFault = z.infer<typeof switchFault>;
