import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'
import { type Audience, visibleTo } from '../audience.ts'
import type { Preferences } from '../me/preferences.ts'
import { type Account, accountIdPrefix, nameKey } from './account.ts'

export type AccountStore = ReturnType<typeof createAccountStore>

/** A person as the company's identity provider knows them. */
export interface OidcIdentity {
  readonly issuer: string
  readonly subject: string
}

export type NewAccount = Pick<
  Account,
  'name' | 'email' | 'roles' | 'audience' | 'language' | 'proficiency'
> & {
  readonly passwordHash?: string
  readonly identity?: OidcIdentity
}

export type AccountChange = Partial<
  Pick<Account, 'name' | 'email' | 'roles' | 'audience' | 'language'> & {
    readonly proficiency: Account['proficiency'] | null
  }
>

export interface AccountRow {
  id: string
  name: string
  name_key: string
  email: string | null
  password_hash: string | null
  roles: string
  audience: Audience
  language: Account['language'] | null
  proficiency: Account['proficiency'] | null
  preferences: string
  oidc_issuer: string | null
  oidc_subject: string | null
  created_at: string
  disabled_at: string | null
}

/** Columns of an account as it may be shown, and whether there is a password. */
export const ACCOUNT_COLUMNS = [
  'id',
  'name',
  'email',
  'roles',
  'audience',
  'language',
  'proficiency',
  'oidc_subject',
  'created_at',
  'disabled_at',
] as const

export type ShownRow = Pick<AccountRow, (typeof ACCOUNT_COLUMNS)[number]> & { has_password: unknown }

type LockedRow = ShownRow & Pick<AccountRow, 'password_hash'>

/** The accounts. Passwords are read only to be compared. */
export function createAccountStore(db: Database, clock: Clock) {
  const accounts = () => db.sql<AccountRow>('accounts')
  const shown = () =>
    accounts().select<ShownRow[]>([
      ...ACCOUNT_COLUMNS,
      db.sql.raw('password_hash is not null as has_password'),
    ])

  return {
    /** @returns undefined when the e-mail address is taken */
    async insert(account: NewAccount): Promise<Account | undefined> {
      const id = newId(accountIdPrefix, clock.now())
      const inserted: unknown[] = await accounts()
        .insert({
          id,
          ...columnsOf(account),
          preferences: '{}',
          password_hash: account.passwordHash ?? null,
          oidc_issuer: account.identity?.issuer ?? null,
          oidc_subject: account.identity?.subject ?? null,
          created_at: isoNow(clock),
        })
        .onConflict()
        .ignore()
        .returning('id')
      return inserted.length === 0 ? undefined : this.find(id)
    },

    async find(id: string): Promise<Account | undefined> {
      const row = await shown().where({ id }).first()
      return row === undefined ? undefined : present(row)
    },

    async findByEmail(email: string): Promise<Account | undefined> {
      const row = await shown().where({ email }).first()
      return row === undefined ? undefined : present(row)
    },

    async findByIdentity({ issuer, subject }: OidcIdentity): Promise<Account | undefined> {
      const row = await shown().where({ oidc_issuer: issuer, oidc_subject: subject }).first()
      return row === undefined ? undefined : present(row)
    },

    /** The hash of an account's password; undefined without one. */
    async passwordHash(id: string): Promise<string | undefined> {
      const row = await accounts().where({ id }).first('password_hash')
      return row?.password_hash ?? undefined
    },

    /**
     * An account with the hash of its password, as committed. In a transaction both stay so until it ends: who changes
     * the account meanwhile waits.
     */
    async lock(
      id: string,
    ): Promise<{ readonly account: Account; readonly passwordHash?: string } | undefined> {
      const query = accounts()
        .where({ id })
        .first<LockedRow | undefined>([
          ...ACCOUNT_COLUMNS,
          'password_hash',
          db.sql.raw('password_hash is not null as has_password'),
        ])
      const row = await (db.dialect === 'postgres' && db.sql.isTransaction ? query.forUpdate() : query)
      if (row === undefined) return undefined
      return { account: present(row), passwordHash: row.password_hash ?? undefined }
    },

    async setPasswordHash(id: string, hash: string): Promise<void> {
      await accounts().where({ id }).update({ password_hash: hash })
    },

    /** Ties an account to a person of the identity provider. */
    async setIdentity(id: string, { issuer, subject }: OidcIdentity): Promise<void> {
      await accounts().where({ id }).update({ oidc_issuer: issuer, oidc_subject: subject })
    },

    async change(id: string, change: AccountChange): Promise<void> {
      const columns = columnsOf(change)
      if (Object.values(columns).some((value) => value !== undefined))
        await accounts().where({ id }).update(columns)
    },

    /** @returns false when it was so already */
    async setDisabled(id: string, isDisabled: boolean): Promise<boolean> {
      const query = accounts().where({ id })
      const changed = isDisabled
        ? await query.whereNull('disabled_at').update({ disabled_at: isoNow(clock) })
        : await query.whereNotNull('disabled_at').update({ disabled_at: null })
      return changed > 0
    },

    async preferences(id: string): Promise<Preferences> {
      const row = await accounts().where({ id }).first('preferences')
      return row === undefined ? {} : JSON.parse(row.preferences)
    },

    async setPreferences(id: string, preferences: Preferences): Promise<void> {
      await accounts()
        .where({ id })
        .update({ preferences: JSON.stringify(preferences) })
    },

    /**
     * Ids of the administrators who can sign in. In a transaction they stay so until it ends: another that takes one
     * away waits.
     */
    async lockAdministrators(): Promise<readonly string[]> {
      const query = accounts()
        .whereNull('disabled_at')
        .whereLike('roles', '%"admin"%')
        .where((each) => each.whereNotNull('password_hash').orWhereNotNull('oidc_subject'))
        .orderBy('id')
        .select('id')
      const rows = await (db.dialect === 'postgres' && db.sql.isTransaction ? query.forUpdate() : query)
      return rows.map(({ id }) => id)
    },

    /** Accounts that see no more than the reader, by name; those whose name or e-mail address holds the text. */
    async list(
      reader: Audience,
      { search, cursor, limit = 20 }: PageQuery & { readonly search?: string },
    ): Promise<Page<Account>> {
      const query = shown()
        .whereIn('audience', visibleTo(reader))
        .orderBy([{ column: 'name_key' }, { column: 'id' }])
        .limit(limit + 1)
      if (search !== undefined) {
        const name = nameKey(search)
        query.where((each) => {
          each.whereRaw("email like ? escape '!'", [containing(search.trim().toLowerCase())])
          // Of signs alone nothing is left of a name.
          if (name !== '') each.orWhereRaw("name_key like ? escape '!'", [containing(name)])
        })
      }
      if (cursor !== undefined) {
        const { key, id } = decodeCursor(cursor)
        query.whereRaw('(name_key, id) > (?, ?)', [key, id])
      }
      const page = toPage(await query, limit, (row) => ({ key: nameKey(row.name), id: row.id }))
      return { ...page, items: page.items.map(present) }
    },
  }
}

function containing(text: string): string {
  return `%${text.replaceAll(/[!%_]/g, '!$&')}%`
}

/** Columns to write; knex leaves out those that are undefined. */
function columnsOf({ name, email, roles, audience, language, proficiency }: AccountChange) {
  return {
    name,
    name_key: name === undefined ? undefined : nameKey(name),
    email,
    roles: roles === undefined ? undefined : JSON.stringify(roles),
    audience,
    language,
    proficiency,
  }
}

/** An account as it may be shown. */
export function present(row: ShownRow): Account {
  const isOidc = row.oidc_subject !== null
  const canSignIn = isOidc || Boolean(row.has_password)
  return {
    id: row.id,
    name: row.name,
    email: row.email ?? undefined,
    roles: JSON.parse(row.roles),
    audience: row.audience,
    language: row.language ?? undefined,
    proficiency: row.proficiency ?? undefined,
    status: row.disabled_at !== null ? 'disabled' : canSignIn ? 'active' : 'invited',
    oidc: isOidc,
    createdAt: row.created_at,
    disabledAt: row.disabled_at ?? undefined,
  }
}
