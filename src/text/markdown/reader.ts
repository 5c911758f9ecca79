import MarkdownIt from 'markdown-it'

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number]

/** Where a token stands in its block's content. */
export interface Place {
  readonly from: number
  to: number
}

export interface MarkdownToken extends Token {
  /** Of tags, code, pictures, escapes and both ends of links. */
  place?: Place
  readonly children: MarkdownToken[] | null
}

/** A Markdown text's blocks, and where they stand. */
interface Reading {
  readonly tokens: readonly MarkdownToken[]
  /** Where the text of the innermost block that begins on a line begins: behind the marks of quotes and lists. */
  readonly starts: ReadonlyMap<number, number>
  /** Nested deeper than the reader follows, so that it may have overlooked what others find. */
  readonly isTooDeep: boolean
}

interface Notes {
  readonly starts: Map<number, number>
  isTooDeep: boolean
}

const DEEPEST = 100
const NOTES = 'notes'

/** Every link and every tag is read for what it is; nothing is made prettier. */
const reader = new MarkdownIt({ html: true, maxNesting: DEEPEST }).disable(['strip_references', 'text_join'])
reader.validateLink = () => true
reader.normalizeLink = (url) => url
reader.normalizeLinkText = (text) => text

/** Asked before any other rule where a block may begin, and at each row of a table. */
reader.block.ruler.before(
  'table',
  'place',
  (state, line) => {
    const notes = state.env[NOTES] as Notes
    notes.starts.set(line, state.bMarks[line]! + state.tShift[line]!)
    // A list takes two levels.
    if (state.level > DEEPEST - 3) notes.isTooDeep = true
    return false
  },
  { alt: ['blockquote'] },
)

type InlineState = InstanceType<typeof reader.inline.State>

const placed = new Set(['html_inline', 'code_inline', 'image', 'text_special', 'link_open', 'link_close'])

/** Notes where tokens begin; where they end is where the next one begins. */
class PlacingState extends reader.inline.State {
  #unended: Place | undefined

  override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
    this.endToken()
    const token: MarkdownToken = super.push(type, tag, nesting)
    if (placed.has(type)) {
      this.#unended = { from: this.pos, to: this.src.length }
      token.place = this.#unended
    }
    return token
  }

  endToken(): void {
    if (this.#unended !== undefined) this.#unended.to = this.pos
    this.#unended = undefined
  }
}
reader.inline.State = PlacingState

reader.inline.ruler.before('text', 'place', (state: InlineState, silent: boolean) => {
  if (!silent && state instanceof PlacingState) state.endToken()
  if (state.level >= DEEPEST) (state.env[NOTES] as Notes).isTooDeep = true
  return false
})

/** @param text with line ends of one kind */
export function readMarkdown(text: string): Reading {
  const notes: Notes = { starts: new Map(), isTooDeep: false }
  const tokens = reader.parse(text, { [NOTES]: notes })
  return { tokens, starts: notes.starts, isTooDeep: notes.isTooDeep }
}

/** One line of Markdown that is no block of its own. */
export function readLine(text: string): MarkdownToken {
  return reader.parseInline(text, { [NOTES]: { starts: new Map(), isTooDeep: false } })[0]!
}

/** The destination of a link that begins at `from`. */
export function readDestination(text: string, from: number): { readonly url: string; readonly to: number } {
  const { str, pos } = reader.helpers.parseLinkDestination(text, from, text.length)
  return { url: str, to: pos }
}
