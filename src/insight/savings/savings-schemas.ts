import { Type } from 'typebox'
import { FacetName, Interval, SentencesSchema } from '../schema-parts.ts'
import type { SavingsReport } from './savings-report.ts'

export const SavingsQuery = Type.Object({
  facet: FacetName,
  more: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100_000,
      default: 200,
      description: 'Number of additional labels',
    }),
  ),
})

const example: SavingsReport = {
  facet: 'category',
  curve: {
    version: 4,
    measuredAt: '2026-01-15T09:30:00.000Z',
    judged: 240,
    heldOut: true,
    points: [
      { labels: 300, accuracy: 0.71, interval: [0.65, 0.77] },
      { labels: 600, accuracy: 0.78, interval: [0.73, 0.83] },
      { labels: 1000, accuracy: 0.8, interval: [0.75, 0.85] },
    ],
  },
  versions: [
    {
      version: 1,
      labels: 300,
      accuracy: 0.7,
      judged: 300,
      interval: [0.646, 0.749],
      trainedAt: '2026-01-02T10:00:00.000Z',
    },
  ],
  audit: [
    {
      version: 1,
      labels: 300,
      accuracy: 0.72,
      judged: 120,
      interval: [0.634, 0.793],
      trainedAt: '2026-01-02T10:00:00.000Z',
    },
  ],
  forecast: [
    { labels: 1000, accuracy: 0.8, interval: [0.77, 0.83] },
    { labels: 2000, accuracy: 0.805, interval: [0.77, 0.84] },
  ],
  prediction: { labels: 1000, more: 200, gain: 0.002, interval: [0, 0.004], advice: 'stop' },
  summary: {
    en: '200 more labels would gain less than 0.5 points: you can stop labelling this facet.',
    fr: '200 étiquettes de plus feraient gagner moins de 0,5\u00a0point\u00a0: vous pouvez cesser d’étiqueter cette facette.',
  },
}

const point = {
  labels: Type.Integer({ description: 'Threads in the training set' }),
  accuracy: Type.Number(),
  interval: Interval,
}

export const SavingsReportSchema = Type.Unsafe<SavingsReport>(
  Type.Object(
    {
      facet: Type.String(),
      curve: Type.Optional(
        Type.Object({
          version: Type.Integer({ description: 'Version after whose activation the curve was measured' }),
          measuredAt: Type.String(),
          judged: Type.Integer({ description: 'Test threads, the same at each point' }),
          heldOut: Type.Boolean({
            description: 'Whether measured on the audit slice; otherwise by cross-validation',
          }),
          points: Type.Array(Type.Object(point)),
        }),
      ),
      versions: Type.Array(
        Type.Object({
          version: Type.Integer(),
          judged: Type.Integer(),
          trainedAt: Type.String(),
          ...point,
        }),
        { description: 'Held-out figures of each version when it was trained' },
      ),
      audit: Type.Array(
        Type.Object({
          version: Type.Integer(),
          judged: Type.Integer(),
          trainedAt: Type.String(),
          ...point,
        }),
        { description: 'Versions that were evaluated on the audit slice when they were trained' },
      ),
      forecast: Type.Optional(
        Type.Array(
          Type.Object({
            ...point,
            interval: Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description: '90% interval' }),
          }),
          { description: 'The continuation of the curve, from the present labels on' },
        ),
      ),
      prediction: Type.Optional(
        Type.Object({
          labels: Type.Integer(),
          more: Type.Integer(),
          gain: Type.Number({ description: 'In accuracy: 0.005 is half a point' }),
          interval: Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description: '90% interval' }),
          advice: Type.String({ enum: ['stop', 'go-on', 'uncertain'] }),
        }),
      ),
      summary: SentencesSchema,
    },
    { examples: [example] },
  ),
)
