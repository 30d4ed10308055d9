import { z } from 'zod';
import { uuid } from './instant.ts';
import { sandboxFaults } from './sandbox-faults.ts';

export const sandboxFault = z.enum(sandboxFaults.map(({ name }) => name));
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
    /** Every fault that can be switched, in the order in which it is shown. */
    faultList: z.array(
      z.object({
        name: sandboxFault,
        group: z.enum(['server', 'client-certificate', 'revocation-source', 'jira']),
        label: z.string(),
        shows: z.string(),
      }),
    ),
  })
  .meta({ id: 'Sandbox' });
export type Sandbox = z.infer<typeof sandbox>;

/** POST /sandbox/faults: a connector switches it; answers the state of all. */
export const switchFault = z.strictObject({ fault: sandboxFault, on: z.boolean() }).meta({ id: 'SwitchFault' });
export type SwitchFault = z.infer<typeof switchFault>;
