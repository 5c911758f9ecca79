import { useEffect, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { number } from '../messages/format.ts'

/** A row or column: its name, and whether a group begins with it. */
export interface MatrixHead {
  readonly key: string
  readonly label: string
  readonly beginsGroup: boolean
}

export interface MatrixCell {
  readonly count: number
  /** Of the row, between 0 and 1: how dark the cell is. */
  readonly share: number
  /** Whether the row and the column are the same. */
  readonly isRight: boolean
  /** What it says, in words. */
  readonly text: string
  /** Opens what is behind the cell. */
  readonly href?: string
}

interface Props {
  readonly title: string
  readonly describedBy: string
  readonly rowsTitle: string
  readonly columnsTitle: string
  readonly rows: readonly MatrixHead[]
  readonly columns: readonly MatrixHead[]
  /** `row column`, as positions, of the cell whose rows are shown. */
  readonly openedAt?: readonly [number, number]
  cell(row: number, column: number): MatrixCell
}

/** Shades of a cell beside none. */
const LEVELS = 5

/** Counts by row and column; the arrow keys move between cells, and Enter opens what is behind one. */
export function Matrix(props: Props) {
  const { title, describedBy, rows, columns, openedAt, cell } = props
  const table = useRef<HTMLTableElement>(null)
  const [[row, column], setAt] = useState<readonly [number, number]>(openedAt ?? [0, 0])
  const focus = (at: readonly [number, number]) => {
    setAt(at)
    elementAt(table.current, at)?.focus()
  }
  const openedBefore = useRef(openedAt)
  useEffect(() => {
    const before = openedBefore.current
    openedBefore.current = openedAt
    // Whoever comes back from what is behind a cell finds themselves on that cell.
    if (before !== undefined && openedAt === undefined) focus(before)
  }, [openedAt?.join()])
  const move = (event: KeyboardEvent) => {
    const by = MOVES[event.key]
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    focus([within(row + by[0], rows.length), within(column + by[1], columns.length)])
  }
  return (
    <div class="scroll-x">
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells the arrow keys reach is a grid
        role="grid"
        class="matrix"
        aria-label={title}
        aria-describedby={describedBy}
        onKeyDown={move}
      >
        <thead>
          <tr>
            <th scope="col" class="matrix-corner small">
              {props.rowsTitle} ↓ {props.columnsTitle} →
            </th>
            {columns.map(({ key, label, beginsGroup }) => (
              <th key={key} scope="col" class="matrix-column" data-begins={beginsGroup || undefined}>
                <span title={label}>{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((head, rowIndex) => (
            <tr key={head.key} data-begins={head.beginsGroup || undefined}>
              <th scope="row">
                <span class="clip" title={head.label}>
                  {head.label}
                </span>
              </th>
              {columns.map(({ key, beginsGroup }, columnIndex) => {
                const { count, share, isRight, text, href } = cell(rowIndex, columnIndex)
                const isOpened = openedAt?.[0] === rowIndex && openedAt[1] === columnIndex
                const common = {
                  class: 'matrix-cell',
                  'data-cell': `${rowIndex}-${columnIndex}`,
                  'data-level': count === 0 ? 0 : Math.max(1, Math.ceil(share * LEVELS)),
                  'data-right': isRight || undefined,
                  'data-opened': isOpened || undefined,
                  'aria-label': text,
                  title: text,
                  tabIndex: rowIndex === row && columnIndex === column ? 0 : -1,
                  onFocus: () => setAt([rowIndex, columnIndex]),
                }
                return (
                  <td key={key} data-begins={beginsGroup || undefined}>
                    {href === undefined ? (
                      <span role="img" {...common}>
                        {count === 0 ? '·' : number(count)}
                      </span>
                    ) : (
                      <Link href={href} aria-current={isOpened ? 'true' : undefined} {...common}>
                        {number(count)}
                      </Link>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, Number.NEGATIVE_INFINITY],
  End: [0, Number.POSITIVE_INFINITY],
}

function within(position: number, count: number): number {
  return Math.max(0, Math.min(count - 1, position))
}

function elementAt(table: HTMLElement | null, [row, column]: readonly [number, number]): HTMLElement | null {
  return table?.querySelector(`[data-cell="${row}-${column}"]`) ?? null
}
