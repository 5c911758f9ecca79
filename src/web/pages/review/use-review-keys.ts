import { labelCommands, usual } from '../../keys/catalogue.ts'
import { type Command, useCommands } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'
import { digitsFor, type Ranked } from './digits.ts'
import type { Past, Queue } from './queue.ts'

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
    { ...usual('review-search'), run: () => view.open('search') },
    {
      ...usual('review-skip'),
      run: once(() => queue.answer({ kind: 'skip' })),
    },
    {
      ...usual('review-not-sure'),
      run: once(() => queue.answer({ kind: 'not-sure' })),
    },
    { ...usual('review-dispute'), run: () => view.open('dispute') },
    { ...usual('review-note'), run: () => view.open('note') },
    { ...usual('review-whole'), run: () => view.turn('whole') },
    { ...usual('review-why'), run: () => view.turn('why') },
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
    ...labelCommands().map((command) => ({
      ...command,
      isHidden: true,
      run: once(() => byDigit(command.keys[0])),
    })),
    { ...usual('review-likeliest'), run: once(likeliest) },
  ]
}

/** Undo and redo work at the end of the queue too. */
export function useHistoryKeys(queue: Past): void {
  useCommands(t('review.history'), [
    { ...usual('review-undo'), run: () => queue.undo() },
    { ...usual('review-redo'), run: () => queue.redo() },
  ])
}

/** A key that is held down answers once. */
export function once(run: () => void): (event?: KeyboardEvent) => void {
  return (event) => {
    if (event?.repeat !== true) run()
  }
}
