import { addCounter, type CountedTable, removeCounter } from '../platform/database/change-counters.ts'
import type { Migration } from '../platform/database/migrate.ts'

/** API keys, and the audit log of what people and keys wrote. */
export const accessTables: Migration = {
  name: '0.1-access',
  async up(sql) {
    await sql.schema.createTable('api_keys', (table) => {
      table.text('id').primary()
      table.text('name').notNullable()
      table.text('secret_hash').notNullable().unique()
      table.text('roles').notNullable()
      table.text('audience').notNullable()
      table.text('created_at').notNullable()
      table.text('revoked_at')
    })
    await sql.raw('create unique index api_keys_name on api_keys (name) where revoked_at is null')
    await sql.schema.createTable('audit_log', (table) => {
      table.text('id').primary()
      table.text('at').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('action').notNullable()
      table.text('target').notNullable()
      table.text('before')
      table.text('after')
      table.text('request_id')
      table.index(['target', 'id'])
      table.index(['actor_id', 'id'])
    })
  },
  async down(sql) {
    for (const table of ['audit_log', 'api_keys']) await sql.schema.dropTable(table)
  },
}

const KEY_CHANGES: readonly CountedTable[] = [{ table: 'api_keys' }]

/** Counts changes of API keys, so that a process keeps those it knows and still refuses a revoked one at once. */
export const keyCounter: Migration = {
  name: '0.2-access-key-counter',
  up: (sql) => addCounter(sql, 'keys', KEY_CHANGES),
  down: (sql) => removeCounter(sql, 'keys', KEY_CHANGES),
}

/** What a session's holder is known by: preferences and language are not among it, and change often. */
const SESSION_CHANGES: readonly CountedTable[] = [
  { table: 'accounts', rows: false, columns: ['name', 'roles', 'audience', 'disabled_at'] },
  { table: 'sessions' },
]

/**
 * People: accounts, their sessions, the links by which they set a password, and attempts to sign in. When a session was
 * last used is apart, for it changes often, and the counter must not move with it.
 */
export const accountTables: Migration = {
  name: '0.2-access-accounts',
  async up(sql) {
    await sql.schema.createTable('accounts', (table) => {
      table.text('id').primary()
      table.text('name').notNullable()
      table.text('name_key').notNullable()
      table.text('email').unique()
      table.text('password_hash')
      table.text('roles').notNullable()
      table.text('audience').notNullable()
      table.text('language')
      table.text('proficiency')
      table.text('preferences').notNullable()
      table.text('oidc_issuer')
      table.text('oidc_subject')
      table.text('created_at').notNullable()
      table.text('disabled_at')
      table.index(['name_key', 'id'])
      table.unique(['oidc_issuer', 'oidc_subject'])
    })
    await sql.schema.createTable('sessions', (table) => {
      table.text('id').primary()
      table.text('account_id').notNullable().references('accounts.id').index()
      table.text('secret_hash').notNullable()
      table.text('created_at').notNullable()
      table.text('expires_at').notNullable().index()
      table.text('user_agent')
      table.text('address')
    })
    await sql.schema.createTable('session_uses', (table) => {
      table.text('session_id').primary().references('sessions.id').onDelete('cascade')
      table.text('used_at').notNullable()
    })
    await sql.schema.createTable('account_links', (table) => {
      table.text('id').primary()
      table.text('account_id').references('accounts.id').index()
      table.text('secret_hash').notNullable()
      table.text('purpose').notNullable()
      table.text('expires_at').notNullable().index()
    })
    await sql.schema.createTable('sign_in_attempts', (table) => {
      table.text('bucket').primary()
      table.integer('attempts').notNullable()
      table.text('ends_at').notNullable().index()
    })
    await addCounter(sql, 'sessions', SESSION_CHANGES)
  },
  async down(sql) {
    await removeCounter(sql, 'sessions', SESSION_CHANGES)
    for (const table of ['sign_in_attempts', 'account_links', 'session_uses', 'sessions', 'accounts'])
      await sql.schema.dropTable(table)
  },
}

const PROFICIENT_SESSION_CHANGES: readonly CountedTable[] = [
  { table: 'accounts', rows: false, columns: ['name', 'roles', 'audience', 'proficiency', 'disabled_at'] },
  { table: 'sessions' },
]

/** Another proficiency holds from a person's next request on, as another role does. */
export const proficiencyCounter: Migration = {
  name: '0.2-access-proficiency-counter',
  async up(sql) {
    await removeCounter(sql, 'sessions', SESSION_CHANGES)
    await addCounter(sql, 'sessions', PROFICIENT_SESSION_CHANGES)
  },
  async down(sql) {
    await removeCounter(sql, 'sessions', PROFICIENT_SESSION_CHANGES)
    await addCounter(sql, 'sessions', SESSION_CHANGES)
  },
}
