import type charts from '../charts/messages.en.json'
import type coaching from '../pages/articles/coaching/messages.en.json'
import type merges from '../pages/articles/merges/messages.en.json'
import type articles from '../pages/articles/messages.en.json'
import type phrasings from '../pages/articles/phrasings/messages.en.json'
import type reviews from '../pages/articles/reviews/messages.en.json'
import type translations from '../pages/articles/translations/messages.en.json'
import type candidates from '../pages/candidates/messages.en.json'
import type conflicts from '../pages/conflicts/messages.en.json'
import type inbox from '../pages/inbox/messages.en.json'
import type models from '../pages/models/messages.en.json'
import type review from '../pages/review/messages.en.json'
import type routing from '../pages/routing/messages.en.json'
import type search from '../pages/search/messages.en.json'
import type relevance from '../pages/search/relevance/messages.en.json'
import type synonyms from '../pages/search/synonyms/messages.en.json'
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
  candidates: typeof candidates
  charts: typeof charts
  coaching: typeof coaching
  conflicts: typeof conflicts
  inbox: typeof inbox
  merges: typeof merges
  models: typeof models
  review: typeof review
  phrasings: typeof phrasings
  relevance: typeof relevance
  reviews: typeof reviews
  routing: typeof routing
  search: typeof search
  settings: typeof settings
  sources: typeof sources
  synonyms: typeof synonyms
  threads: typeof threads
  translations: typeof translations
  watch: typeof watch
  parts: typeof parts
  roles: typeof roles
  shell: typeof shell
  'sign-in': typeof signIn
}
