/** A tag, a comment or a declaration could begin; links and addresses between angle brackets are none. */
const tag = /<(?=[a-z/!?])(?!https?:\/\/[^\s<>]*>|[\w.+-]+@[\w.-]+>)/i

/** A target that is neither on the web by its first letters, nor relative by its characters. */
const doubtfulTarget = /\](?:\(|:)\s*(?=\S)(?!https?:\/\/|mailto:|[#/.)]|[\w/.-]+[\s)])/i

/** Whether Markdown holds no HTML and no doubtful target for sure, by a look that costs next to nothing. */
export function isHarmless(markdown: string): boolean {
  return !tag.test(markdown) && !doubtfulTarget.test(markdown)
}
