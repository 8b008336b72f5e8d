import type { RouteConfig } from '@asteasolutions/zod-to-openapi'
import { OpenApiGeneratorV31, OpenAPIRegistry } from '@asteasolutions/zod-to-openapi'
import { z } from 'zod'
import type { DeclaredRoute } from './api-router.ts'

/** Describes all routes of the API in OpenAPI 3.1, from the very schemas that check the requests. */
export function describeApi(routes: readonly DeclaredRoute[], version: string): object {
  const registry = new OpenAPIRegistry()
  const bearer = registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  for (const route of routes) registry.registerPath(describeRoute(route, bearer.name))
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Jiujinan 救急难', version },
    servers: [{ url: '/api/v1' }],
  })
}

function describeRoute(route: DeclaredRoute, scheme: string): RouteConfig {
  const isWrite = route.method !== 'get' && !route.isQuestion
  return {
    method: route.method,
    path: route.path.replace(/:(\w+)/g, '{$1}'),
    summary: route.summary,
    operationId: route.audit,
    tags: [route.path.split('/')[1] ?? ''],
    security: route.guard.name === 'everyone' ? [] : [{ [scheme]: [] }],
    parameters: [...pathParameters(route), ...(isWrite ? commandHeaders(route) : [])] as Parameters,
    request: {
      ...(route.query ? { query: route.query as never } : {}),
      ...(route.body ? { body: { content: { 'application/json': { schema: route.body } } } } : {}),
    },
    responses: {
      [route.status ?? 200]: {
        description: 'Done',
        ...(route.answer ? { content: { 'application/json': { schema: route.answer } } } : {}),
      },
      default: {
        description: 'Problem (RFC 9457)',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    },
  }
}

const problemSchema = z.object({
  type: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  detailZh: z.string(),
  detailEn: z.string(),
  errors: z
    .array(z.object({ field: z.string(), code: z.string(), detailZh: z.string(), detailEn: z.string() }))
    .optional(),
})

type Parameters = NonNullable<RouteConfig['parameters']>

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'header'
  readonly required: true
  readonly schema: { readonly type: 'string' }
}

function pathParameters(route: DeclaredRoute): Parameter[] {
  return [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name: name ?? '',
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function commandHeaders(route: DeclaredRoute): Parameter[] {
  const key: Parameter = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } }
  const match: Parameter = { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } }
  return route.versioned ? [key, match] : [key]
}
