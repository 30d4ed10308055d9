/** The whole of what the web tier answers: the API under /api/v1, the console, /metrics, /livez and /readyz. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Api, ApiContext } from './api-context.ts';
import { answerErrors, ApiProblem, sendProblem } from './api-problem.ts';
import { auditRoutes } from './audit/audit-routes.ts';
import { certificateRecordRoutes } from './certificate-record/certificate-record-routes.ts';
import { certificateRequestRoutes } from './certificates/certificate-request-routes.ts';
import { certificateUploadRoutes } from './certificates/certificate-upload-routes.ts';
import { clientCertificateRoutes } from './certificates/client-certificate-routes.ts';
import { custodyRoutes } from './certificates/custody-routes.ts';
import { retirementRoutes } from './certificates/retirement-routes.ts';
import { trustFileRoutes } from './certificates/trust-file-routes.ts';
import { connectionRoutes } from './connections/connection-routes.ts';
import { connectorRoutes } from './connectors/connector-routes.ts';
import { serveConsole } from './console/console-files.ts';
import { customerRoutes } from './customers/customer-routes.ts';
import { diagnosisRoutes } from './diagnoses/diagnosis-routes.ts';
import { enforcerRoutes } from './enforcer/enforcer-routes.ts';
import { handshakeRoutes } from './handshakes/handshake-routes.ts';
import { healthRoutes } from './health/health-routes.ts';
import { issueRoutes } from './issues/issue-routes.ts';
import { metricsRoutes, type WebFacts } from './metrics/metrics-routes.ts';
import { describeProblems, describeRoutes } from './openapi/openapi-routes.ts';
import { peopleRoutes } from './people/people-routes.ts';
import { replayRoutes } from './replays/replay-routes.ts';
import { rolloutRoutes } from './rollouts/rollout-routes.ts';
import { pushedCrlRoutes } from './revocation/pushed-crl-routes.ts';
import { revocationSourceRoutes } from './revocation/revocation-source-routes.ts';
import { softeningRoutes } from './revocation/softening-routes.ts';
import { sandboxRoutes } from './sandbox/sandbox-routes.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { requireCallers } from './session/caller.ts';
import { sessionRoutes } from './session/session-routes.ts';
import { swapRoutes } from './swaps/swap-routes.ts';
import { termsRoutes } from './terms/terms-routes.ts';
import { tokenRoutes } from './tokens/token-routes.ts';

/** Bytes; the largest thing that is sent here is a list of anchors. */
const largestBodyBytes = 262_144;
/** Longer addresses are none of ours. */
const longestParameter = 200;

const nouns = [
  sessionRoutes,
  peopleRoutes,
  tokenRoutes,
  customerRoutes,
  clientCertificateRoutes,
  certificateRecordRoutes,
  certificateRequestRoutes,
  certificateUploadRoutes,
  custodyRoutes,
  retirementRoutes,
  trustFileRoutes,
  connectorRoutes,
  connectionRoutes,
  termsRoutes,
  enforcerRoutes,
  handshakeRoutes,
  diagnosisRoutes,
  revocationSourceRoutes,
  pushedCrlRoutes,
  softeningRoutes,
  replayRoutes,
  swapRoutes,
  rolloutRoutes,
  issueRoutes,
  sandboxRoutes,
  auditRoutes,
];

export interface HttpApi {
  /** To be given to a server. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** Requests under way are finished; nothing new is taken. */
  close(): Promise<void>;
}

/** Builds the routes; nothing listens yet. */
export async function createHttpApi(
  context: ApiContext,
  log: FastifyBaseLogger,
  facts: () => WebFacts,
): Promise<HttpApi> {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: largestBodyBytes,
    routerOptions: { maxParamLength: longestParameter, caseSensitive: true },
    // Behind a proxy addresses would be the proxy's: then throttling is by person only. Headers are never believed.
    trustProxy: false,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
  });
  const api: Api = app.withTypeProvider();
  api.setValidatorCompiler(validatorCompiler);
  api.setSerializerCompiler(serializerCompiler);
  takeJsonOnly(api);
  setSecurityHeaders(api);
  answerErrors(app);
  logAnswers(api);
  await api.register(fastifyCookie);
  await describeRoutes(api);
  await api.register(async (scoped: Api) => {
    healthRoutes(scoped, context);
  });
  await api.register(async (scoped: Api) => {
    requireCallers(scoped, context);
    metricsRoutes(facts)(scoped, context);
  });
  await api.register(
    async (scoped: Api) => {
      requireCallers(scoped, context);
      describeProblems(scoped);
      for (const routes of nouns) routes(scoped, context);
      scoped.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => app.swagger());
      scoped.setNotFoundHandler(async (request, reply) =>
        sendProblem(
          reply,
          new ApiProblem('not-found', { detail: `Nothing answers ${request.method} on this address.` }),
        ),
      );
    },
    { prefix: '/api/v1' },
  );
  serveConsole(api, context);
  await app.ready();
  return { answer: (request, response) => app.routing(request, response), close: () => app.close() };
}

/** No other body is looked at; an empty one is no body. */
function takeJsonOnly(api: Api): void {
  const parse = api.getDefaultJsonParser('error', 'error');
  api.removeAllContentTypeParsers();
  api.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, String(body), done);
  });
}

/** One event for each answer, without query, cookies or bodies: they may hold what is nobody's business. */
function logAnswers(api: Api): void {
  api.addHook('onResponse', async (request, reply) => {
    request.log.debug({
      event: 'http.answered',
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    });
  });
}
