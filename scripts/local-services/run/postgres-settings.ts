import { totalmem } from 'node:os'
import type { PostgresOptions } from './postgres.ts'

/** The cluster's whole configuration, written anew at every start. */
export function postgresSettings({ run, durable }: Pick<PostgresOptions, 'run' | 'durable'>): string {
  const settings: Readonly<Record<string, string | number>> = {
    listen_addresses: '',
    unix_socket_directories: `"${run}"`,
    port: 5432,
    max_connections: 160,
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    // Details and statements of an error would show what stands in documents.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',

    shared_preload_libraries: 'pg_cron,pg_documentdb_core,pg_documentdb',
    'cron.database_name': 'postgres',
    'cron.use_background_workers': 'on',
    'cron.log_run': 'off',
    'cron.log_statement': 'off',
    'documentdb.localhost_connection_string': `host='${run.replace(/['\\]/g, '\\$&')}'`,
    // Cursors live in files between pages: no connection is tied up by one.
    'documentdb.useFileBasedPersistedCursors': 'on',
    'documentdb.defaultCursorExpiryTimeLimitSeconds': 600,
    // A deadlock ends the whole statement, so that it can be run again whole.
    'documentdb.throwDeadlockOnCRUD': 'on',
    'documentdb.enableOrderByIndexTerm': 'on',
    // True costs for our indexes: newest-first lists then walk the _id index (0.6 ms instead of 165 at 100,000 documents).
    'documentdb.enableCompositeIndexPlanner': 'on',
    'documentdb.enableOrderByIdOnCostFunction': 'on',

    shared_buffers: `${sharedBuffersMb()}MB`,
    effective_cache_size: `${Math.round(totalMb() / 2)}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    min_wal_size: '256MB',
    wal_compression: 'lz4',
    checkpoint_timeout: '10min',
    random_page_cost: 1.1,
    jit: 'off',
    max_parallel_workers_per_gather: 0,
    autovacuum_naptime: '20s',
    autovacuum_vacuum_scale_factor: 0.05,
    autovacuum_analyze_scale_factor: 0.05,
    deadlock_timeout: '200ms',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`)
  return `# Written at every start; changes here are lost.\n${lines.join('\n')}\n`
}

function totalMb(): number {
  return totalmem() / 1_048_576
}

/** An eighth of the memory, between 128 MB and 1 GB: web, worker and Redis live on the same box. */
function sharedBuffersMb(): number {
  return Math.round(Math.min(1024, Math.max(128, totalMb() / 8)))
}
