import { least } from 'd3-array'
import { type ScaleLinear, scaleLinear } from 'd3-scale'
import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { t } from '../messages/messages.ts'
import { Keycap } from '../parts/button.tsx'
import { AxisX, AxisY } from './axes.tsx'
import { useWidth } from './use-width.ts'

/** One of the points that the arrow keys move between. */
export interface PlotPoint {
  readonly key: string
  readonly x: number
  readonly y: number
  /** What it says, in words. */
  readonly text: string
}

export interface Axis {
  readonly title: string
  readonly from: number
  readonly to: number
  format(value: number): string
}

export interface Scales {
  readonly x: ScaleLinear<number, number>
  readonly y: ScaleLinear<number, number>
}

interface Props {
  readonly title: string
  readonly describedBy: string
  readonly x: Axis
  readonly y: Axis
  /** In the order of the arrow keys. */
  readonly points: readonly PlotPoint[]
  readonly height?: number
  /** Opens what is behind a point. */
  open?(index: number): void
  /** Told the height at which a pointer is pressed or dragged, and when it lets go. */
  readonly drag?: { move(y: number): void; end(): void }
  children(scales: Scales): ComponentChildren
}

const MARGIN = { top: 28, right: 16, bottom: 44, left: 52 }
const HEIGHT = 300

/** A drawing over two axes whose points are reached by pointer and arrow keys, and said in words. */
export function Plot(props: Props) {
  const { title, describedBy, points, height = HEIGHT, open, drag, children } = props
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const [at, setAt] = useState<number>()
  const x = scaleLinear([props.x.from, props.x.to], [MARGIN.left, width - MARGIN.right])
  const y = scaleLinear([props.y.from, props.y.to], [height - MARGIN.bottom, MARGIN.top])
  const current = at === undefined ? undefined : points[at]
  const nearest = (event: PointerEvent) => {
    const [left, top] = placeOf(event)
    return least(points.keys(), (index) => {
      const point = points[index]
      return point === undefined
        ? Number.POSITIVE_INFINITY
        : Math.hypot(x(point.x) - left, (y(point.y) - top) / 4)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = moved(event.key, at ?? -1, points.length)
    if (next !== undefined) setAt(next)
    else if (event.key === 'Enter' && at !== undefined && open !== undefined) open(at)
    else return
    event.preventDefault()
  }
  return (
    <div ref={box} class="plot">
      <div
        role="listbox"
        class="plot-points"
        tabIndex={0}
        aria-label={title}
        aria-describedby={describedBy}
        aria-activedescendant={current && `${id}-${at}`}
        onKeyDown={onKeyDown}
        onFocus={() => setAt((now) => now ?? 0)}
      >
        <svg
          aria-hidden="true"
          width={width}
          height={height}
          data-drag={drag === undefined ? undefined : true}
          onPointerDown={(event) => {
            if (drag === undefined) return
            event.currentTarget.setPointerCapture(event.pointerId)
            drag.move(y.invert(placeOf(event)[1]))
          }}
          onLostPointerCapture={() => drag?.end()}
          onPointerMove={(event) => {
            if (drag !== undefined && event.buttons === 1) drag.move(y.invert(placeOf(event)[1]))
            else setAt(nearest(event))
          }}
          onClick={() => {
            // Where a pointer drags, a click is the end of dragging: rows are opened by keyboard and from the table.
            if (at !== undefined && drag === undefined) open?.(at)
          }}
        >
          <AxisX axis={props.x} scale={x} height={height} margin={MARGIN} />
          <AxisY axis={props.y} scale={y} width={width} margin={MARGIN} />
          {children({ x, y })}
          {current && <circle class="mark-current" cx={x(current.x)} cy={y(current.y)} r={7} />}
        </svg>
        {points.map(({ key, text }, index) => (
          <div
            key={key}
            id={`${id}-${index}`}
            role="option"
            class="visually-hidden"
            tabIndex={-1}
            aria-selected={index === at}
          >
            {text}
          </div>
        ))}
      </div>
      <p class="readout small" aria-hidden="true">
        {current === undefined ? <Hint opens={open !== undefined} /> : current.text}
      </p>
    </div>
  )
}

function Hint({ opens }: { readonly opens: boolean }) {
  return (
    <span class="row muted">
      <Keycap keys="ArrowLeft" />
      <Keycap keys="ArrowRight" />
      {t('charts.points')}
      {opens && (
        <>
          <Keycap keys="Enter" />
          {t('charts.rows')}
        </>
      )}
    </span>
  )
}

/** Where a key leads, or nothing where it leads nowhere. */
export function moved(key: string, at: number, count: number): number | undefined {
  const to = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: count - 1,
  }[key]
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to))
}

function placeOf(event: PointerEvent): [number, number] {
  const { left, top } = (event.currentTarget as Element).getBoundingClientRect()
  return [event.clientX - left, event.clientY - top]
}
