import type { ScaleLinear } from 'd3-scale'
import type { Axis } from './plot.tsx'

interface Margin {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

const TICK = { x: 90, y: 48 }

export function AxisX({
  axis,
  scale,
  height,
  margin,
}: {
  readonly axis: Axis
  readonly scale: ScaleLinear<number, number>
  readonly height: number
  readonly margin: Margin
}) {
  const bottom = height - margin.bottom
  const [left = 0, right = 0] = scale.range()
  return (
    <g class="axis">
      <line x1={left} x2={right} y1={bottom} y2={bottom} />
      {scale.ticks(Math.max(2, Math.floor((right - left) / TICK.x))).map((value) => (
        <text key={value} x={scale(value)} y={bottom + 16} text-anchor="middle">
          {axis.format(value)}
        </text>
      ))}
      <text class="axis-title" x={right} y={height - 6} text-anchor="end">
        {axis.title}
      </text>
    </g>
  )
}

export function AxisY({
  axis,
  scale,
  width,
  margin,
}: {
  readonly axis: Axis
  readonly scale: ScaleLinear<number, number>
  readonly width: number
  readonly margin: Margin
}) {
  const [bottom = 0, top = 0] = scale.range()
  return (
    <g class="axis">
      {scale.ticks(Math.max(2, Math.floor((bottom - top) / TICK.y))).map((value) => (
        <g key={value}>
          <line
            class="grid-line"
            x1={margin.left}
            x2={width - margin.right}
            y1={scale(value)}
            y2={scale(value)}
          />
          <text x={margin.left - 8} y={scale(value)} dy="0.32em" text-anchor="end">
            {axis.format(value)}
          </text>
        </g>
      ))}
      <text class="axis-title" x={0} y={12}>
        {axis.title}
      </text>
    </g>
  )
}
