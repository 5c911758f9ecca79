/** Words of a text that count for a label, or against it. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly contribution: number
}

/** A text with the words marked that count most. @param from where the text begins in that of the spans */
export function MarkedText({
  text,
  spans = [],
  from,
}: {
  readonly text: string
  readonly spans?: readonly Span[]
  readonly from: number
}) {
  const parts = []
  let at = 0
  for (const { start, end, text: word, contribution } of spans) {
    const begin = start - from
    // Whatever the model read beside this text is not marked in it.
    if (begin < at || text.slice(begin, end - from) !== word) continue
    parts.push(
      text.slice(at, begin),
      <mark key={start} class="review-mark" data-against={contribution < 0 || undefined}>
        {word}
      </mark>,
    )
    at = end - from
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  )
}
