import { blocksOf } from '../../extraction/blocks.ts'
import { bare } from '../../extraction/courtesy.ts'
import { sentencesOf } from '../../extraction/sentences.ts'

/** A sentence, an item of a list, a row of a table, or a block of code. */
export interface Statement {
  /** As written, without the mark of a list. */
  readonly text: string
  /** What word lists read: flattened, without marks around. */
  readonly flat: string
  readonly kind: 'sentence' | 'item' | 'row' | 'code'
}

/** Characters of a text that are read, and statements of it; hostile texts have more. */
const MOST_READ = 12_000
const MOST_STATEMENTS = 200
const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/
const DELIMITERS = /^[\s|:-]*$/

/** The statements of a Markdown text, without what it quotes of others. Linear in the text. */
export function statementsOf(markdown: string): Statement[] {
  const statements: Statement[] = []
  const add = (text: string, kind: Statement['kind']) => {
    if (text.trim() !== '' && statements.length < MOST_STATEMENTS)
      statements.push({ text: text.trim(), flat: bare(text), kind })
  }
  for (const { kind, raw } of blocksOf(markdown.slice(0, MOST_READ))) {
    if (kind === 'quote' || kind === 'rule' || kind === 'definition') continue
    if (kind === 'code' || kind === 'math') add(raw, 'code')
    else if (kind === 'table')
      for (const row of raw.split('\n').slice(1)) add(DELIMITERS.test(row) ? '' : row, 'row')
    else if (kind === 'list')
      for (const line of raw.split('\n')) {
        const mark = ITEM.exec(line)?.[0].length ?? 0
        for (const { text } of sentencesOf(line.slice(mark))) add(text, 'item')
      }
    else for (const { text } of sentencesOf(raw.replace(/^ {0,3}#+ /, ''))) add(text, 'sentence')
  }
  return statements
}
