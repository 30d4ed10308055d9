/** GET /api/v1/openapi.json, generated from the schemas that requests and answers are judged by. */
import fastifySwagger from '@fastify/swagger';
import { problemDocument } from '@sallyport/console-api';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Api } from '../api-context.ts';
import { nounOf, nouns, operationSummaries } from './operation-summaries.ts';
import { portablePatterns } from './portable-patterns.ts';

/** Must be registered before the routes that it describes. */
export async function describeRoutes(api: Api): Promise<void> {
  await api.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Sallyport',
        version: '1',
        description:
          'Refusals are application/problem+json with a stable `code`. Scripts send a Bearer token; the console sends its session cookie and, with everything that changes something, `x-csrf-token`.',
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: '__Host-sallyport' },
        },
      },
      security: [{ token: [] }, { session: [] }],
      tags: nouns.map((noun) => ({ ...noun })),
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => portablePatterns(jsonSchemaTransformObject(document)),
  });
}

/** RFC 9457 §3. */
const refusal = {
  description: 'A refusal, by its stable code.',
  content: { 'application/problem+json': { schema: problemDocument } },
};

/** Of what answers with a file, by its content-disposition. */
const file = { description: 'A file.', content: { 'application/octet-stream': { schema: z.string() } } };

/** Adds to every route of the API what it does, the refusal that it may answer, its noun as tag, and a stable id. */
export function describeProblems(api: Api): void {
  api.addHook('onRoute', (route) => {
    const { response } = route.schema ?? {};
    // HEAD is made from each GET, and is described with it.
    if (route.schema === undefined || route.schema.hide === true || route.method === 'HEAD') return;
    const path = route.url.replace('/api/v1', '');
    const steps = path.slice(1).split('/');
    const method = String(route.method);
    const words = [method.toLowerCase(), ...steps.filter((step) => !step.startsWith(':'))];
    const summary = operationSummaries[`${method} ${path}`];
    route.schema = {
      ...route.schema,
      ...(summary === undefined ? {} : { summary }),
      tags: [nounOf(path)],
      operationId: `${words.join('-')}${steps.at(-1)?.startsWith(':') === true ? '-one' : ''}`,
      response: { ...(typeof response === 'object' ? response : { 200: file }), default: refusal },
      ...(route.config?.access === 'public' ? { security: [] } : {}),
    };
  });
}
