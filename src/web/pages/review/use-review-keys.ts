import { type Command, useCommands } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'
import { digitsFor, type Ranked } from './digits.ts'
import type { Past, Queue } from './queue.ts'

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]

/** What the keys of the review do. They read the queue when pressed: a second digit may come before the page is drawn. */
export function useReviewKeys(
  queue: Queue,
  view: { turn(name: 'whole' | 'why'): void; open(opened: 'search' | 'note' | 'dispute'): void },
): void {
  useCommands(t('review.title'), [
    ...labelKeys({
      read: () => ({ labels: queue.labels.value, item: queue.current.value }),
      answer: (label) => queue.answer({ kind: 'label', label }),
    }),
    { id: 'review-search', label: t('review.findLabel'), keys: ['l'], run: () => view.open('search') },
    {
      id: 'review-skip',
      label: t('review.skip'),
      keys: ['s'],
      run: once(() => queue.answer({ kind: 'skip' })),
    },
    {
      id: 'review-not-sure',
      label: t('review.notSure'),
      keys: ['Shift+s'],
      run: once(() => queue.answer({ kind: 'not-sure' })),
    },
    { id: 'review-dispute', label: t('review.dispute'), keys: ['c'], run: () => view.open('dispute') },
    { id: 'review-note', label: t('review.note'), keys: ['n'], run: () => view.open('note') },
    { id: 'review-whole', label: t('review.whole'), keys: ['e'], run: () => view.turn('whole') },
    { id: 'review-why', label: t('review.why'), keys: ['w'], run: () => view.turn('why') },
  ])
}

/** What the digits and Enter answer; they read what is shown when pressed. */
export function labelKeys({
  read,
  answer,
}: {
  read(): { readonly labels: readonly { readonly name: string }[]; readonly item: Ranked | undefined }
  answer(label: string): void
}): Command[] {
  const byDigit = (key: string) => {
    const { labels, item } = read()
    for (const [label, each] of item === undefined ? [] : digitsFor(labels, item))
      if (each === key) answer(label)
  }
  const likeliest = () => {
    const label = read().item?.prediction?.label
    if (label !== undefined) answer(label)
  }
  return [
    ...DIGITS.map((digit) => ({
      id: `review-label-${digit}`,
      label: t('review.labelAt', { digit }),
      keys: [`Digit${digit}`],
      isHidden: true,
      run: once(() => byDigit(`Digit${digit}`)),
    })),
    { id: 'review-likeliest', label: t('review.likeliest'), keys: ['Enter'], run: once(likeliest) },
  ]
}

/** Undo and redo work at the end of the queue too. */
export function useHistoryKeys(queue: Past): void {
  useCommands(t('review.history'), [
    { id: 'review-undo', label: t('parts.undo'), keys: ['z', 'Backspace'], run: () => queue.undo() },
    { id: 'review-redo', label: t('review.redo'), keys: ['Shift+z'], run: () => queue.redo() },
  ])
}

/** A key that is held down answers once. */
export function once(run: () => void): (event?: KeyboardEvent) => void {
  return (event) => {
    if (event?.repeat !== true) run()
  }
}
