import { currentLanguage } from './messages.ts'

const UNITS = [
  ['day', 1440],
  ['hour', 60],
  ['minute', 1],
] as const

/** `4 hours`, `1 day`: in the largest unit that it is whole in. */
export function duration(minutes: number): string {
  const [unit, size] = UNITS.find(([, each]) => minutes >= each && minutes % each === 0) ?? ['minute', 1]
  return new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, unitDisplay: 'long' }).format(
    minutes / size,
  )
}
