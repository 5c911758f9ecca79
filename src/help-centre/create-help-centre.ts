import type { Access } from '../access/create-access.ts'
import type { Articles } from '../articles/create-articles.ts'
import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import type { SearchModule } from '../search/create-search-module.ts'
import type { Threads } from '../threads/create-threads.ts'
import type { HelpCentreDeps } from './deps.ts'
import { createPreviewStore } from './previews/preview-store.ts'
import { changeSettings } from './settings/change-settings.ts'
import { createSettingsStore, type SettingsStore } from './settings/settings-store.ts'

export type HelpCentre = ReturnType<typeof createHelpCentre>

/** The pages of customers: articles and resolved threads that they find, read and rate. */
export function createHelpCentre(
  { config, db, clock }: Platform,
  earlier: {
    readonly access: Pick<Access, 'audit' | 'signIn' | 'endSession'>
    readonly threads: Threads
    readonly search: SearchModule
    readonly articles: Articles
  },
) {
  const { access, threads, search, articles } = earlier
  const deps: HelpCentreDeps = {
    db,
    clock,
    signIn: config.signIn,
    audit: access.audit,
    settings: createSettingsStore(db),
    previews: createPreviewStore(db, clock),
    access,
    articles,
    threads,
    search,
  }
  const settings: Pick<SettingsStore, 'find' | 'findLogo'> = deps.settings
  return {
    settings,
    ...bindUseCases(deps, { changeSettings }),
    jobs: [],
    async routes() {
      const [{ settingsRoutes }, { previewRoutes }] = await Promise.all([
        import('./settings/settings-routes.ts'),
        import('./previews/preview-routes.ts'),
      ])
      return [settingsRoutes(deps), previewRoutes(deps)]
    },
    async pages() {
      const { helpCentreRoutes } = await import('./routes.ts')
      return [helpCentreRoutes(deps)]
    },
  } satisfies Module & Record<string, unknown>
}
