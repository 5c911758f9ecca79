/** knex types its clients only as `typeof Client`; these are the two members that our SQLite client builds on. */
declare module 'knex/lib/dialects/better-sqlite3/index.js' {
  export default class BetterSqlite3Client {
    _query(connection: unknown, query: object): Promise<object>
    _formatBindings(bindings: unknown): unknown[]
  }
}
