import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import { useCommands } from '../keys/commands.ts'
import { t } from '../messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { type Column, downloadCsv } from './columns.ts'
import { DataTable } from './data-table.tsx'
import './charts.css'

/** What a drawing needs of its frame. */
export interface Drawing {
  /** Id of the element that describes the chart. */
  readonly describedBy: string
}

interface Props<Row> {
  readonly title: string
  /** Names the chart in the address and its file. */
  readonly name: string
  /** What the chart shows, in a sentence. */
  readonly description: ComponentChildren
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** Whether its keys work anywhere on the page, not only within it. */
  readonly isMain?: boolean
  /** Opens what is behind a row. */
  open?(row: Row): void
  children(drawing: Drawing): ComponentChildren
}

/** A chart and the table that says the same: `t` goes from one to the other, `d` downloads the rows. */
export function ChartFrame<Row>(props: Props<Row>) {
  const { title, name, description, columns, rows, isMain = false, open, children } = props
  const id = useId()
  const [params, setParams] = useSearchParams()
  const [hasFocus, setFocus] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  const wasToggled = useRef(false)
  const isTable = params.getAll('table').includes(name)
  const toggle = () => {
    wasToggled.current = true
    setParams(
      (now) => {
        const others = now.getAll('table').filter((each) => each !== name)
        now.delete('table')
        for (const each of isTable ? others : [...others, name]) now.append('table', each)
        return now
      },
      { replace: true },
    )
  }
  const download = () => downloadCsv(name, columns, rows)
  useEffect(() => {
    if (!wasToggled.current) return
    wasToggled.current = false
    body.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [isTable])
  useCommands(
    title,
    [
      { id: 'chart-table', label: t(isTable ? 'parts.chart' : 'parts.table'), keys: ['t'], run: toggle },
      { id: 'chart-csv', label: t('parts.downloadCsv'), keys: ['d'], run: download },
    ],
    isMain || hasFocus,
  )
  return (
    <figure
      class="chart stack stack-tight"
      aria-labelledby={`${id}-title`}
      onFocusIn={() => setFocus(true)}
      onFocusOut={() => setFocus(false)}
    >
      <figcaption class="row row-apart">
        <h2 id={`${id}-title`}>{title}</h2>
        <div class="row">
          <Button kind="quiet" icon="table" keys="t" isPressed={isTable} onClick={toggle}>
            {t('parts.table')}
          </Button>
          <Button kind="quiet" icon="download" keys="d" onClick={download}>
            CSV
          </Button>
        </div>
      </figcaption>
      <p id={`${id}-about`} class="prose muted">
        {description}
      </p>
      <div ref={body}>
        {isTable ? (
          <DataTable title={title} columns={columns} rows={rows} open={open} />
        ) : (
          children({ describedBy: `${id}-about` })
        )}
      </div>
    </figure>
  )
}
