import type { Database } from '../../platform/database/database.ts'
import { type Logo, type Settings, USUAL_SETTINGS } from './settings.ts'

export interface StoredSettings {
  readonly settings: Settings
  /** 0 while nobody has changed them. */
  readonly version: number
}

interface SettingsRow {
  name: 'settings' | 'logo'
  value: string
  version: number
}

export type SettingsStore = ReturnType<typeof createSettingsStore>

/** What the company decided about its help centre. */
export function createSettingsStore(db: Database) {
  const rows = () => db.sql<SettingsRow>('help_centre_settings')

  async function put(name: SettingsRow['name'], value: string, version: number): Promise<void> {
    await rows().insert({ name, value, version }).onConflict('name').merge()
  }

  return {
    async find(): Promise<StoredSettings> {
      const row = await rows().where({ name: 'settings' }).first()
      if (row === undefined) return { settings: USUAL_SETTINGS, version: 0 }
      return { settings: { ...USUAL_SETTINGS, ...JSON.parse(row.value) }, version: row.version }
    },

    put: (settings: Settings, version: number) => put('settings', JSON.stringify(settings), version),

    async findLogo(): Promise<Logo | undefined> {
      const row = await rows().where({ name: 'logo' }).first()
      if (row === undefined) return undefined
      const { type, hash, base64 } = JSON.parse(row.value)
      return { type, hash, bytes: Buffer.from(base64, 'base64') }
    },

    putLogo: ({ type, hash, bytes }: Logo) =>
      put('logo', JSON.stringify({ type, hash, base64: bytes.toString('base64') }), 1),

    /** @returns false where there is none */
    async removeLogo(): Promise<boolean> {
      return (await rows().where({ name: 'logo' }).delete()) > 0
    },
  }
}
