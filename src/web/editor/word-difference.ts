import { diffArrays } from 'diff'

/** A run of words that both texts have, or one of them. */
export interface Run {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/**
 * How a text became another, word by word, as its language divides words. Where only blanks lie between two changes, they
 * are one change. @param language ISO 639, `und` where unknown
 */
export function wordDifference(before: string, after: string, language: string): readonly Run[] {
  const segmenter = new Intl.Segmenter(language === 'und' ? undefined : language, { granularity: 'word' })
  const wordsOf = (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment)
  const runs: Run[] = []
  let removed = ''
  let added = ''
  let blank = ''
  function endChange(): void {
    if (removed !== '') runs.push({ kind: 'removed', text: removed })
    if (added !== '') runs.push({ kind: 'added', text: added })
    if (blank !== '') runs.push({ kind: 'same', text: blank })
    removed = ''
    added = ''
    blank = ''
  }
  for (const part of diffArrays(wordsOf(before), wordsOf(after))) {
    const text = part.value.join('')
    if (part.added || part.removed) {
      removed += blank + (part.removed ? text : '')
      added += blank + (part.added ? text : '')
      blank = ''
    } else if (text.trim() === '' && (removed !== '' || added !== '')) {
      blank = text
    } else {
      endChange()
      runs.push({ kind: 'same', text })
    }
  }
  endChange()
  return runs
}
