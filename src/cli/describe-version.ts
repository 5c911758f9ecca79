import type { GateTest, ModelVersion, TrainingReport } from '../models/index.ts'
import { table } from './output.ts'

/** A model version for people: its figures, then each test of the gate on a line. */
export function describeVersion(
  facet: string,
  { number, status, createdAt, reason }: Omit<ModelVersion, 'report'>,
  { holdOut, gate, trainedOn, labels, unlabelled = 0 }: TrainingReport,
): string {
  const { accuracy, coverage } = holdOut.candidate
  const besides = unlabelled > 0 ? ` and ${unlabelled} without one` : ''
  const lines = [
    `${facet} version ${number}, ${status}, trained ${createdAt} on ${trainedOn} threads of ${labels} labels${besides}`,
    reason,
    `accuracy ${percent(accuracy)}, assigned ${percent(coverage)} (${holdOut.basis}, ${holdOut.threads} threads)`,
  ]
  if (gate?.parity !== undefined) {
    const { french, english, p } = gate.parity
    const inFrench = percent(french.right / french.threads)
    lines.push(`French ${inFrench}, English ${percent(english.right / english.threads)} (p ${p.toFixed(3)})`)
  }
  if (gate !== undefined && gate.tests.length > 0) lines.push('', table(gate.tests.map(row)))
  return lines.join('\n')
}

function row({ on, scope, name, threads, lost, gained, p, adjusted, refusal }: GateTest) {
  return {
    'compared on': on,
    among: name === undefined ? scope : `${scope} ${name}`,
    threads,
    lost,
    gained,
    p: p.toFixed(4),
    adjusted: adjusted.toFixed(4),
    refused: refusal ?? '',
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
