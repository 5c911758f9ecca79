import type { MessageKey } from '../messages/messages.ts'
import { t } from '../messages/messages.ts'

interface Entry {
  readonly label: () => string
  readonly keys: readonly string[]
}

const entry = (label: MessageKey, ...keys: readonly string[]): Entry => ({ label: () => t(label), keys })
const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] as const

const labelAt = (digit: number) => ({ label: () => t('review.labelAt', { digit }), keys: [`Digit${digit}`] })
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
  'threads-undo': entry('parts.undo', 'z'),
}
const ARTICLES = {
  'article-back': entry('articles.back', 'u', 'Escape'),
  'article-edit': entry('parts.edit', 'e'),
  'article-publish': entry('articles.publish', '$mod+Enter'),
  'article-next-flag': entry('articles.nextStop', 'Alt+ArrowDown'),
  'article-previous-flag': entry('articles.previousStop', 'Alt+ArrowUp'),
  'revisions-back': entry('articles.back', 'u'),
  'next-change': entry('articles.nextStop', 'Alt+ArrowDown'),
  'previous-change': entry('articles.previousStop', 'Alt+ArrowUp'),
  'save-draft': entry('articles.saveNow', '$mod+s'),
  'publish-draft': entry('articles.publish', '$mod+Enter'),
  'confirm-publication': entry('articles.publish', '$mod+Enter'),
}
const MODELS = {
  undo: entry('parts.undo', 'z'),
  'chart-table': entry('parts.table', 't'),
  'chart-csv': entry('parts.downloadCsv', 'd'),
}
const ROUTING = { 'add-rule': entry('routing.add', 'a') }

const ALL = { ...LISTS, ...REVIEW, ...CONFLICTS, ...THREADS, ...ARTICLES, ...MODELS, ...ROUTING }

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
  { place: 'shell.articles', commands: ARTICLES },
  { place: 'shell.models', commands: MODELS },
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
