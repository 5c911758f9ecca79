import type charts from '../charts/messages.en.json'
import type articles from '../pages/articles/messages.en.json'
import type conflicts from '../pages/conflicts/messages.en.json'
import type models from '../pages/models/messages.en.json'
import type review from '../pages/review/messages.en.json'
import type routing from '../pages/routing/messages.en.json'
import type settings from '../pages/settings/messages.en.json'
import type sources from '../pages/sources/messages.en.json'
import type threads from '../pages/threads/messages.en.json'
import type watch from '../pages/watch/messages.en.json'
import type parts from '../parts/messages.en.json'
import type roles from '../roles/messages.en.json'
import type shell from '../shell/messages.en.json'
import type signIn from '../sign-in/messages.en.json'

/** The message files by their folders; `virtual:messages/…` holds the same. */
export interface Namespaces {
  articles: typeof articles
  charts: typeof charts
  conflicts: typeof conflicts
  models: typeof models
  review: typeof review
  routing: typeof routing
  settings: typeof settings
  sources: typeof sources
  threads: typeof threads
  watch: typeof watch
  parts: typeof parts
  roles: typeof roles
  shell: typeof shell
  'sign-in': typeof signIn
}
