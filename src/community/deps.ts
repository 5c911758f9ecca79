import type { Articles } from '../articles/create-articles.ts'
import type { HelpCentreDeps } from '../help-centre/deps.ts'
import type { Threads } from '../threads/create-threads.ts'
import type { SubmitDeps } from './asking/submit-question.ts'
import type { TopicDeps } from './asking/topics.ts'
import type { ExpectedDeps } from './following/expected-answer.ts'
import type { ReplyDeps } from './following/reply.ts'

/** What the pages for asking and following are made with. */
export interface AskingPageDeps extends SubmitDeps, ReplyDeps, TopicDeps, Omit<ExpectedDeps, 'sources'> {
  readonly sources: SubmitDeps['sources'] & ExpectedDeps['sources']
  readonly threads: ReplyDeps['threads'] & Pick<Threads, 'facts'>
  readonly settings: Pick<HelpCentreDeps['settings'], 'find' | 'findLogo'>
  readonly signIn: HelpCentreDeps['signIn']
  readonly published: Articles['published']
  readonly search: Pick<HelpCentreDeps['search'], 'query' | 'noteQuestion'>
}
