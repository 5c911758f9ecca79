import type { Actor } from '../../access/actor.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Database } from '../../platform/database/database.ts'
import { helpCentreErrors } from '../errors.ts'
import { checkLogo } from './check-logo.ts'
import { checkSettings } from './check-settings.ts'
import type { Logo, Settings } from './settings.ts'
import type { SettingsStore, StoredSettings } from './settings-store.ts'

export interface SettingsDeps {
  readonly db: Database
  readonly settings: SettingsStore
  readonly audit: AuditLog
}

/**
 * Replaces the settings.
 *
 * @param version the version that was read
 * @throws CodedError HELP_SETTINGS_CONFLICT, and what {@link checkSettings} throws
 */
export async function changeSettings(
  { db, settings: store, audit }: SettingsDeps,
  {
    settings,
    version,
    actor,
  }: { readonly settings: Settings; readonly version: number; readonly actor: Actor },
): Promise<StoredSettings> {
  const checked = checkSettings(settings)
  return db.transaction(async () => {
    const before = await store.find()
    if (before.version !== version)
      throw helpCentreErrors.HELP_SETTINGS_CONFLICT({ current: before.settings })
    if (JSON.stringify(before.settings) === JSON.stringify(checked)) return before
    await store.put(checked, version + 1)
    await audit.record('help-centre.settings-changed', actor, 'help-centre', {
      before: before.settings,
      after: checked,
    })
    return { settings: checked, version: version + 1 }
  })
}

/** @throws CodedError HELP_LOGO_TYPE, HELP_LOGO_TOO_LARGE, HELP_LOGO_UNSAFE */
export async function changeLogo(
  { db, settings, audit }: SettingsDeps,
  { bytes, actor }: { readonly bytes: Buffer; readonly actor: Actor },
): Promise<Logo> {
  const logo = checkLogo(bytes)
  await db.transaction(async () => {
    const before = await settings.findLogo()
    if (before?.hash === logo.hash) return
    await settings.putLogo(logo)
    await audit.record('help-centre.logo-changed', actor, 'help-centre', {
      before: before && { hash: before.hash },
      after: { hash: logo.hash },
    })
  })
  return logo
}

/** @throws CodedError HELP_LOGO_NOT_FOUND */
export async function removeLogo(
  { db, settings, audit }: SettingsDeps,
  { actor }: { readonly actor: Actor },
): Promise<void> {
  await db.transaction(async () => {
    if (!(await settings.removeLogo())) throw helpCentreErrors.HELP_LOGO_NOT_FOUND()
    await audit.record('help-centre.logo-removed', actor, 'help-centre')
  })
}
