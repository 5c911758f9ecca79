import { useMemo } from 'preact/hooks'
import { wordDifference } from './word-difference.ts'

interface WordChangesProps {
  readonly before: string
  readonly after: string
  readonly language: string
}

/** A text with the words that were removed from it and added to it. Each change can have the focus. */
export function WordChanges({ before, after, language }: WordChangesProps) {
  const runs = useMemo(() => wordDifference(before, after, language), [before, after, language])
  return (
    <div class="word-changes prose" lang={language === 'und' ? undefined : language}>
      {runs.map(({ kind, text }, index) => {
        const key = `${index}${kind}`
        if (kind === 'same') return <span key={key}>{text}</span>
        const isStop = index === 0 || runs[index - 1]?.kind === 'same'
        const stop = { 'data-stop': isStop || undefined, tabIndex: isStop ? -1 : undefined }
        return kind === 'added' ? (
          <ins key={key} {...stop}>
            {text}
          </ins>
        ) : (
          <del key={key} {...stop}>
            {text}
          </del>
        )
      })}
    </div>
  )
}
