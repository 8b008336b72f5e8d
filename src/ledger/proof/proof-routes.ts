import type { ApiRouter } from '../../platform/http/index.ts'
import { everyone, mayAct } from '../../platform/http/index.ts'
import { requirePeriodPermission } from '../periods/close-period.ts'
import { PERIOD_PERMISSIONS } from '../periods/period-permissions.ts'
import { originOf } from './checkpoint.ts'
import { checkpointQuery, consistencyQuery, cosignatureSchema, inclusionQuery } from './proof-forms.ts'
import type { LogServices } from './public-log.ts'
import { addCosignature, consistencyProof, inclusionProof, logCheckpoint } from './public-log.ts'

export interface ProofRouteServices extends LogServices {
  readonly counties: () => Promise<readonly string[]>
}

/**
 * The public logs of the counties. Whoever keeps a checkpoint can compare it with ours without an account: a log hands out sizes,
 * hashes and signatures only. What stands in the ledger is read elsewhere, with an account.
 */
export function declareProofRoutes(api: ApiRouter, services: ProofRouteServices): void {
  const { checkpointStore } = services

  api.get(
    '/ledger/logs',
    { summary: 'The public logs of the ledgers served here', guard: everyone, audit: 'ledger.logs' },
    async () => ({
      items: (await services.counties()).map((county) => ({ county, origin: originOf(county) })),
      next: null,
    }),
  )

  api.get(
    '/ledger/logs/:county/checkpoint',
    {
      summary: 'A signed checkpoint (C2SP tlog-checkpoint), the newest unless a size is named',
      guard: everyone,
      audit: 'ledger.checkpoint',
      query: checkpointQuery,
    },
    ({ params, query }) => logCheckpoint(services, params['county'] ?? '', query.size),
  )

  api.get(
    '/ledger/logs/:county/consistency',
    {
      summary: 'That one tree grew out of another (RFC 9162)',
      guard: everyone,
      audit: 'ledger.consistency',
      query: consistencyQuery,
    },
    ({ params, query }) => consistencyProof(services, params['county'] ?? '', query.from, query.to),
  )

  api.get(
    '/ledger/logs/:county/keys',
    { summary: 'Public keys, each introduced by the one before it', guard: everyone, audit: 'ledger.keys' },
    async () => ({ items: await checkpointStore.keys(), next: null }),
  )

  api.get(
    '/ledger/logs/:county/cosignatures',
    { summary: 'What witnesses said', guard: everyone, audit: 'ledger.cosignatures', query: checkpointQuery },
    async ({ params, query }) => ({
      items: await checkpointStore.cosignatures(params['county'] ?? '', query.size),
      next: null,
    }),
  )

  api.post(
    '/ledger/logs/:county/cosignatures',
    {
      summary: "A witness's statement about a checkpoint (C2SP tlog-cosignature)",
      guard: everyone,
      audit: 'ledger.cosign',
      body: cosignatureSchema,
      status: 201,
    },
    ({ params, body }) => addCosignature(services, params['county'] ?? '', body),
  )

  api.get(
    '/ledger/inclusion',
    {
      summary: 'That an entry stands under a signed checkpoint (RFC 9162)',
      guard: mayAct(PERIOD_PERMISSIONS, 'statement.see'),
      audit: 'ledger.inclusion',
      query: inclusionQuery,
    },
    ({ actor, query: { fundId, seq } }) => {
      requirePeriodPermission('statement.see', fundId, { actor })
      return inclusionProof(services, actor.county, fundId, seq)
    },
  )
}
