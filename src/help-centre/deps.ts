import type { Access } from '../access/create-access.ts'
import type { Articles } from '../articles/create-articles.ts'
import type { Clock } from '../platform/clock.ts'
import type { SignInConfig } from '../platform/config/sign-in-config.ts'
import type { Database } from '../platform/database/database.ts'
import type { SearchModule } from '../search/create-search-module.ts'
import type { Threads } from '../threads/create-threads.ts'
import type { PreviewDeps } from './previews/share-preview.ts'
import type { SettingsStore } from './settings/settings-store.ts'

/** What pages of the help centre are made with. */
export interface HelpCentreDeps extends PreviewDeps {
  readonly db: Database
  readonly clock: Clock
  readonly signIn: SignInConfig
  readonly settings: SettingsStore
  readonly access: Pick<Access, 'signIn' | 'endSession'>
  readonly articles: Pick<
    Articles,
    | 'published'
    | 'readArticle'
    | 'findFormer'
    | 'noteReading'
    | 'articles'
    | 'credits'
    | 'giveFeedback'
    | 'previewDraft'
  >
  readonly threads: Pick<Threads, 'find' | 'postsOf' | 'facts'>
  readonly search: Pick<
    SearchModule,
    | 'query'
    | 'suggest'
    | 'alike'
    | 'noteSearch'
    | 'noteOpening'
    | 'noteReading'
    | 'noteQuestion'
    | 'countInVain'
  >
}
