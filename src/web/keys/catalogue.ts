import type { MessageKey } from '../messages/messages.ts'
import { t } from '../messages/messages.ts'

interface Entry {
  readonly label: () => string
  readonly keys: readonly string[]
}

const entry = (label: MessageKey, ...keys: readonly string[]): Entry => ({ label: () => t(label), keys })
const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] as const

/** The last key, 0, is that of the tenth label. */
const labelAt = (digit: number) => ({
  label: () => t('review.labelAt', { number: digit === 0 ? 10 : digit }),
  keys: [`Digit${digit}`],
})
const LABELS = Object.fromEntries(DIGITS.map((digit) => [`review-label-${digit}`, labelAt(digit)]))

const LISTS = {
  'list-next': entry('threads.next', 'j', 'ArrowDown'),
  'list-previous': entry('threads.previous', 'k', 'ArrowUp'),
  'list-open': entry('threads.openBeside', 'o', 'Enter'),
  'list-page': entry('threads.openPage', 'e'),
  'list-select': entry('threads.choose', 'x'),
  'list-range': entry('threads.chooseRange', 'Shift+X'),
  'list-filter': entry('threads.toFilters', 'f'),
  'list-text': entry('threads.text', '/'),
  'list-actions': entry('threads.actions', '.'),
  'list-leave': entry('threads.leave', 'Escape'),
}
const REVIEW = {
  'review-likeliest': entry('review.likeliest', 'Enter'),
  'review-search': entry('review.findLabel', 'l'),
  'review-skip': entry('review.skip', 's'),
  'review-not-sure': entry('review.notSure', 'Shift+s'),
  'review-dispute': entry('review.dispute', 'c'),
  'review-note': entry('review.note', 'n'),
  'review-whole': entry('review.whole', 'e'),
  'review-why': entry('review.why', 'w'),
  'review-undo': entry('parts.undo', 'z', 'Backspace'),
  'review-redo': entry('review.redo', 'Shift+z'),
}
const CONFLICTS = {
  'list-back': entry('conflicts.back', 'u', 'Escape'),
  'conflict-rule': entry('conflicts.rule', 'Enter', '$mod+Enter'),
  'conflict-guideline': entry('conflicts.guideline', 'n'),
  'conflict-undo': entry('parts.undo', 'z', 'Backspace'),
}
const THREADS = {
  'threads-back': entry('threads.toList', 'u', 'Escape'),
  'threads-actions': entry('threads.actions', '.'),
  promote: entry('threads.promote', 'p'),
  'answer-send': entry('threads.sendAnswer', '$mod+Enter'),
  'answer-insert-1': entry('threads.insertFirst', 'Alt+Digit1'),
  'answer-insert-2': entry('threads.insertSecond', 'Alt+Digit2'),
  'answer-insert-3': entry('threads.insertThird', 'Alt+Digit3'),
  'threads-undo': entry('parts.undo', 'z'),
}
const INBOX = {
  'inbox-take': entry('inbox.take', 't'),
  'inbox-release': entry('inbox.release', 'r'),
  'inbox-assign': entry('inbox.assign', 'a'),
  'inbox-transfer': entry('inbox.transfer', 'v'),
  'inbox-escalate': entry('inbox.escalate', 's'),
  'inbox-merge': entry('inbox.merge', 'm'),
}
const CANDIDATES = {
  'candidate-promote': entry('candidates.promote', 'p'),
  'candidate-decline': entry('candidates.decline', 'd'),
  'candidate-merge': entry('candidates.merge', 'm'),
  'candidate-link': entry('candidates.link', 'l'),
}
const ARTICLES = {
  'article-back': entry('articles.back', 'u', 'Escape'),
  'article-edit': entry('parts.edit', 'e'),
  'article-publish': entry('articles.publish', '$mod+Enter'),
  'article-next-flag': entry('articles.nextStop', 'Alt+ArrowDown'),
  'article-previous-flag': entry('articles.previousStop', 'Alt+ArrowUp'),
  'article-use': entry('articles.copyAndCount', 'c'),
  'article-report': entry('articles.report', 'r'),
  'article-merge': entry('merges.open', 'm'),
  'merge-back': entry('merges.back', 'u'),
  'confirm-merge': entry('merges.merge', '$mod+Enter'),
  'due-right': entry('reviews.right', 'y'),
  'due-archive': entry('reviews.archive', 'd'),
  'due-put-off': entry('reviews.putOff', 's'),
  'due-edit': entry('reviews.edit', 'e'),
  'coaching-yes': entry('coaching.yes', 'y'),
  'coaching-no': entry('coaching.no', 'n'),
  'coaching-unclear': entry('coaching.unclear', 'c'),
  'coaching-next-point': entry('coaching.nextPoint', 'j'),
  'coaching-previous-point': entry('coaching.previousPoint', 'k'),
  'coaching-next': entry('coaching.next', 'Alt+ArrowDown'),
  'coaching-previous': entry('coaching.previous', 'Alt+ArrowUp'),
  'coaching-keep': entry('coaching.keep', '$mod+Enter'),
  'coaching-back': entry('articles.back', 'u'),
  'reports-back': entry('articles.back', 'u'),
  'revisions-back': entry('articles.back', 'u'),
  'next-change': entry('articles.nextStop', 'Alt+ArrowDown'),
  'previous-change': entry('articles.previousStop', 'Alt+ArrowUp'),
  'translation-save': entry('translations.save', '$mod+Enter'),
  'send-to-issue': entry('articles.sendToIssue', 'Alt+Digit1'),
  'send-to-environment': entry('articles.sendToEnvironment', 'Alt+Digit2'),
  'send-to-resolution': entry('articles.sendToResolution', 'Alt+Digit3'),
  'send-to-cause': entry('articles.sendToCause', 'Alt+Digit4'),
  'save-draft': entry('articles.saveNow', '$mod+s'),
  'publish-draft': entry('articles.publish', '$mod+Enter'),
  'confirm-publication': entry('articles.publish', '$mod+Enter'),
}
const MODELS = {
  undo: entry('parts.undo', 'z'),
  'chart-table': entry('parts.table', 't'),
  'chart-csv': entry('parts.downloadCsv', 'd'),
}
const SEARCHES = {
  'gap-back': entry('search.back', 'u', 'Escape'),
  'judged-back': entry('relevance.back', 'u', 'Escape'),
  'judged-yes': entry('relevance.yes', 'y'),
  'judged-no': entry('relevance.no', 'n'),
}
const ROUTING = { 'add-rule': entry('routing.add', 'a') }

const SYNONYMS = {
  'synonyms-add': entry('synonyms.add', 'a'),
  'synonyms-save': entry('synonyms.save', '$mod+Enter'),
}

const ALL = {
  ...LISTS,
  ...REVIEW,
  ...CONFLICTS,
  ...THREADS,
  ...INBOX,
  ...CANDIDATES,
  ...ARTICLES,
  ...SEARCHES,
  ...MODELS,
  ...ROUTING,
  ...SYNONYMS,
}

export type CommandId = keyof typeof ALL

/** What the pages do by keys, by place: what works everywhere is among the active commands. */
export const CATALOGUE: readonly {
  readonly place: MessageKey
  readonly commands: Readonly<Record<string, Entry>>
}[] = [
  { place: 'settings.lists', commands: LISTS },
  { place: 'shell.review', commands: { ...LABELS, ...REVIEW } },
  { place: 'shell.conflicts', commands: CONFLICTS },
  { place: 'shell.threads', commands: THREADS },
  { place: 'shell.inbox', commands: INBOX },
  { place: 'shell.candidates', commands: CANDIDATES },
  { place: 'shell.articles', commands: ARTICLES },
  { place: 'shell.searches', commands: SEARCHES },
  { place: 'shell.models', commands: MODELS },
  { place: 'synonyms.title', commands: SYNONYMS },
  { place: 'shell.routing', commands: ROUTING },
]

/** The ten commands that answer with the label of a digit, in the order of the keyboard. */
export function labelCommands() {
  return DIGITS.map((digit) => ({
    id: `review-label-${digit}`,
    label: labelAt(digit).label(),
    keys: [`Digit${digit}`] as const,
  }))
}

/** A command's id, name and usual keys. */
export function usual(id: CommandId): { id: string; label: string; keys: readonly string[] } {
  const { label, keys } = ALL[id]
  return { id, label: label(), keys }
}
