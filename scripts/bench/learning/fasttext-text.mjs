/**
 * Options of `fasttext supervised`: word pairs, subwords, one thread as for everybody else. Few words are gone
 * through more often: with fifty passes over five examples a label it learns next to nothing.
 */
export const fastTextOptions = (words) => ({
  lr: 0.5,
  epoch: Math.min(1000, Math.max(50, Math.ceil(6_000_000 / words))),
  wordNgrams: 2,
  minn: 2,
  maxn: 5,
  dim: 100,
  bucket: 200_000,
  loss: 'softmax',
  thread: 1,
})

/** One line as fastText's own tutorial prepares it: lower case, punctuation apart. */
export function fastTextLine(text) {
  return text
    .toLowerCase()
    .replace(/([.!?,'/()])/g, ' $1 ')
    .replace(/\s+/g, ' ')
    .trim()
}
