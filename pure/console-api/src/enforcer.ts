/** The enforcer kit of a connection: what its customer puts in place. */
import { z } from 'zod';
import { uuid } from './instant.ts';

/** Those whose configuration our tests start, then those that get a checklist. */
export const enforcerProduct = z.enum([
  'nginx',
  'apache',
  'haproxy',
  'tomcat',
  'stunnel',
  'f5-big-ip',
  'netscaler',
  'iis',
  'aws-alb',
  'azure-application-gateway',
  'google-cloud',
  'cloudflare',
]);
export type EnforcerProduct = z.infer<typeof enforcerProduct>;

const ability = z.object({ can: z.enum(['yes', 'partly', 'no']), words: z.string() });
const clientName = z.object({
  role: z.enum(['current', 'next']),
  dnsName: z.string(),
  position: z.int(),
  subject: z.string().nullable(),
  inSubject: z.boolean(),
  keyCurve: z.string().nullable(),
});

/** What the kit was made of; `sallyport enforcer --facts` takes it for another product. */
export const enforcerFacts = z
  .object({
    title: z.string(),
    host: z.string(),
    contextPath: z.string(),
    policy: z.string(),
    names: z.array(clientName).readonly(),
    authorities: z.array(z.string()).readonly(),
    hasRoot: z.boolean(),
    privateAuthority: z.boolean(),
    revocationSources: z.array(z.object({ url: z.string(), issuer: z.int() })).readonly(),
    restPaths: z.array(z.string()).readonly(),
    egressAddresses: z.array(z.string()).readonly(),
    places: z.object({
      folder: z.string(),
      serverCertificate: z.string(),
      serverKey: z.string(),
      listenAddress: z.string().nullable(),
      listenPort: z.int(),
      jiraHost: z.string(),
      jiraPort: z.int(),
    }),
  })
  .meta({ id: 'EnforcerFacts' });

/** GET /connections/{id}/enforcer/{product}. */
export const enforcerKit = z
  .object({
    connectionId: uuid,
    product: enforcerProduct,
    title: z.string(),
    testedWith: z.string().nullable().describe('Null: a checklist that we have not tested.'),
    warnings: z.array(z.string()).readonly().describe('What weakens this kit for this connection; to be read first.'),
    files: z.array(z.object({ path: z.string(), mode: z.string(), purpose: z.string(), text: z.string() })).readonly(),
    steps: z.array(z.string()).readonly(),
    reload: z.string().nullable(),
    tests: z.array(z.object({ what: z.string(), command: z.string(), expect: z.string() })).readonly(),
    abilities: z.object({
      nameMatch: ability,
      revocation: ability,
      headerStrip: ability,
      restPaths: ability,
      tlsPolicy: ability,
    }),
    differences: z.array(z.string()).readonly(),
    facts: enforcerFacts,
  })
  .meta({ id: 'EnforcerKit' });
export type EnforcerKitAnswer = z.infer<typeof enforcerKit>;

export const enforcerParameters = z.object({ id: uuid, product: enforcerProduct });
export const enforcerQuery = z.object({
  format: z
    .enum(['json', 'text'])
    .default('json')
    .describe('`text`: everything as one text, to read and to paste from.'),
});
