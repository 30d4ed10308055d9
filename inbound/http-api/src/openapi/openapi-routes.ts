/** GET /api/v1/openapi.json, generated from the schemas that requests and answers are judged by. */
import fastifySwagger from '@fastify/swagger';
import { problemDocument } from '@sallyport/console-api';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Api } from '../api-context.ts';

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
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
}

/** RFC 9457 §3. */
const refusal = {
  description: 'A refusal, by its stable code.',
  content: { 'application/problem+json': { schema: problemDocument } },
};

/** Adds to every route of the API the refusal that it may answer, its noun as tag, and a stable id. */
export function describeProblems(api: Api): void {
  api.addHook('onRoute', (route) => {
    const { response } = route.schema ?? {};
    if (response === undefined || typeof response !== 'object' || route.schema?.hide === true) return;
    const steps = route.url.replace('/api/v1/', '').split('/');
    const words = [String(route.method).toLowerCase(), ...steps.filter((step) => !step.startsWith(':'))];
    route.schema = {
      ...route.schema,
      tags: [steps[0] ?? ''],
      operationId: `${words.join('-')}${steps.at(-1)?.startsWith(':') === true ? '-one' : ''}`,
      response: { ...response, default: refusal },
      ...(route.config?.access === 'public' ? { security: [] } : {}),
    };
  });
}
