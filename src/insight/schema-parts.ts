import { Type } from 'typebox'
import type { Example } from './examples.ts'

export const FacetName = Type.Optional(Type.String({ minLength: 1, maxLength: 60, default: 'category' }))
export const Interval = Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description: '95% interval' })
export const Share = (description: string) =>
  Type.Object(
    {
      count: Type.Integer(),
      of: Type.Integer(),
      share: Type.Optional(Type.Number({ description: 'Absent if there are no cases' })),
      interval: Interval,
    },
    { description },
  )
export const SentencesSchema = Type.Object({ en: Type.String(), fr: Type.String() })

export const shareExample = { count: 81, of: 96, share: 0.844, interval: [0.758, 0.903] as const }
export const coverageExample = { count: 74, of: 120, share: 0.617, interval: [0.528, 0.699] as const }

export const exampleThread: Example = {
  threadId: 'thr_7h2k9m4p6r8t1v3x',
  title: 'The new decoder shows a black screen',
  excerpt: 'Since this morning my decoder only shows a black screen, though the box is green.',
  language: 'en',
  path: '/api/threads/thr_7h2k9m4p6r8t1v3x',
}

export const ExampleSchema = Type.Unsafe<Example>(
  Type.Object({
    threadId: Type.String(),
    title: Type.String(),
    excerpt: Type.String({ description: 'Beginning of the question as plain text' }),
    language: Type.String(),
    path: Type.String({ description: 'Path of the whole thread' }),
  }),
)
