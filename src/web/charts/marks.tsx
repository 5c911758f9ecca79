import { area, line } from 'd3-shape'
import type { Scales } from './plot.tsx'

export type MarkKind = 'main' | 'second' | 'guess' | 'rule'

interface At {
  readonly x: number
  readonly y: number
}

interface Between {
  readonly x: number
  readonly low: number
  readonly high: number
}

/** A line through points; `guess` is dashed. */
export function Line({
  scales: { x, y },
  points,
  kind = 'main',
}: {
  readonly scales: Scales
  readonly points: readonly At[]
  readonly kind?: MarkKind
}) {
  const path = line<At>(
    (point) => x(point.x),
    (point) => y(point.y),
  )
  return <path class="mark-line" data-kind={kind} d={path(points as At[]) ?? ''} />
}

/** The area between two bounds. */
export function Band({
  scales: { x, y },
  points,
  kind = 'main',
}: {
  readonly scales: Scales
  readonly points: readonly Between[]
  readonly kind?: MarkKind
}) {
  const path = area<Between>(
    (point) => x(point.x),
    (point) => y(point.low),
    (point) => y(point.high),
  )
  return <path class="mark-band" data-kind={kind} d={path(points as Between[]) ?? ''} />
}

/** An interval that stands upright. */
export function Whisker({ scales: { x, y }, point }: { readonly scales: Scales; readonly point: Between }) {
  return <line class="mark-whisker" x1={x(point.x)} x2={x(point.x)} y1={y(point.low)} y2={y(point.high)} />
}

/** A point: full, or hollow where it is uncertain or of the second kind. */
export function Dot({
  scales: { x, y },
  point,
  isHollow = false,
  kind = 'main',
}: {
  readonly scales: Scales
  readonly point: At
  readonly isHollow?: boolean
  readonly kind?: MarkKind
}) {
  return (
    <circle
      class="mark-dot"
      data-kind={kind}
      data-hollow={isHollow || undefined}
      cx={x(point.x)}
      cy={y(point.y)}
      r={4}
    />
  )
}
