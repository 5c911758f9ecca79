import { type Command, useCommands } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'
import { digitsFor } from './digits.ts'
import type { Queue } from './queue.ts'

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]

/** What the keys of the review do. They read the queue when pressed: a second digit may come before the page is drawn. */
export function useReviewKeys(
  queue: Queue,
  view: { turn(name: 'whole' | 'why'): void; open(opened: 'search' | 'note'): void },
): void {
  useCommands(t('review.title'), [
    ...DIGITS.map(
      (digit): Command => ({
        id: `review-label-${digit}`,
        label: t('review.labelAt', { digit }),
        keys: [`Digit${digit}`],
        isHidden: true,
        run: once(() => answerByKey(queue, `Digit${digit}`)),
      }),
    ),
    {
      id: 'review-likeliest',
      label: t('review.likeliest'),
      keys: ['Enter'],
      run: once(() => answerLikeliest(queue)),
    },
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
    { id: 'review-note', label: t('review.note'), keys: ['n'], run: () => view.open('note') },
    { id: 'review-whole', label: t('review.whole'), keys: ['e'], run: () => view.turn('whole') },
    { id: 'review-why', label: t('review.why'), keys: ['w'], run: () => view.turn('why') },
  ])
}

/** Undo and redo work at the end of the queue too. */
export function useHistoryKeys(queue: Queue): void {
  useCommands(t('review.history'), [
    { id: 'review-undo', label: t('parts.undo'), keys: ['z', 'Backspace'], run: () => queue.undo() },
    { id: 'review-redo', label: t('review.redo'), keys: ['Shift+z'], run: () => queue.redo() },
  ])
}

/** A key that is held down answers once. */
function once(run: () => void): (event?: KeyboardEvent) => void {
  return (event) => {
    if (event?.repeat !== true) run()
  }
}

function answerByKey(queue: Queue, key: string): void {
  const digits = digitsFor(queue.labels.value, queue.current.value)
  for (const [label, each] of digits) if (each === key) queue.answer({ kind: 'label', label })
}

function answerLikeliest(queue: Queue): void {
  const label = queue.current.value?.prediction?.label
  if (label !== undefined) queue.answer({ kind: 'label', label })
}
