import type { Statement } from './postgres/protocol.ts'

function statement(name: string, sql: string): Statement {
  return { name, sql }
}

/** Every SQL statement of the gateway. Columns come back as `bson`, whose binary form is the document itself. */
export const SQL = {
  begin: statement('begin', 'BEGIN ISOLATION LEVEL REPEATABLE READ'),
  commit: statement('commit', 'COMMIT'),
  rollback: statement('rollback', 'ROLLBACK'),

  insert: statement('insert', 'SELECT p_result, p_success FROM documentdb_api.insert($1, $2, $3)'),
  update: statement('update', 'SELECT p_result, p_success FROM documentdb_api.update($1, $2, $3)'),
  delete: statement('delete', 'SELECT p_result, p_success FROM documentdb_api.delete($1, $2, $3)'),
  findAndModify: statement('find_modify', 'SELECT p_result, p_success FROM documentdb_api.find_and_modify($1, $2)'),

  find: firstPage('find', 'find_cursor_first_page'),
  aggregate: firstPage('aggregate', 'aggregate_cursor_first_page'),
  listCollections: firstPage('list_collections', 'list_collections_cursor_first_page'),
  listIndexes: firstPage('list_indexes', 'list_indexes_cursor_first_page'),
  getMore: statement('get_more', 'SELECT cursorpage, continuation FROM documentdb_api.cursor_get_more($1, $2, $3)'),
  dropCursors: statement('drop_cursors', 'SELECT documentdb_api_internal.delete_cursors($1::text::bigint[])'),
  count: statement('count', 'SELECT document FROM documentdb_api.count_query($1, $2)'),
  distinct: statement('distinct', 'SELECT document FROM documentdb_api.distinct_query($1, $2)'),

  createIndexes: statement(
    'create_indexes',
    'SELECT documentdb_api_internal.create_indexes_non_concurrently($1, $2, true)',
  ),
  dropIndexes: statement('drop_indexes', 'CALL documentdb_api.drop_indexes($1, $2, NULL)'),
  createCollection: statement('create_collection', 'SELECT documentdb_api.create_collection_view($1, $2)'),
  dropCollection: statement('drop_collection', 'SELECT documentdb_api.drop_collection($1, $2)'),
  renameCollection: statement('rename_collection', 'SELECT documentdb_api.rename_collection($1::documentdb_core.bson)'),
  dropDatabase: statement('drop_database', 'SELECT documentdb_api.drop_database($1)'),
  collMod: statement('coll_mod', 'SELECT documentdb_api.coll_mod($1, $2, $3)'),
  listDatabases: statement('list_databases', 'SELECT documentdb_api.list_databases($1)'),
  validate: statement('validate', 'SELECT document FROM documentdb_api.validate($1, $2)'),
  collStats: statement('coll_stats', 'SELECT documentdb_api.coll_stats($1, $2)'),
  dbStats: statement('db_stats', 'SELECT documentdb_api.db_stats($1)'),

  collectionId: statement(
    'collection_id',
    `SELECT collection_id::text FROM documentdb_api_catalog.collections WHERE database_name = $1 AND collection_name = $2`,
  ),
  indexByName: statement(
    'index_by_name',
    `SELECT (i.index_spec).index_name, (i.index_spec).index_key
       FROM documentdb_api_catalog.collection_indexes i
       JOIN documentdb_api_catalog.collections c USING (collection_id)
      WHERE c.database_name = $1 AND c.collection_name = $2 AND (i.index_spec).index_name = $3`,
  ),
  indexById: statement(
    'index_by_id',
    `SELECT (index_spec).index_name, (index_spec).index_key
       FROM documentdb_api_catalog.collection_indexes WHERE index_id = $1::text::int`,
  ),
} as const

function firstPage(name: string, call: string): Statement {
  return statement(name, `SELECT cursorpage, continuation, cursorid FROM documentdb_api.${call}($1, $2)`)
}
