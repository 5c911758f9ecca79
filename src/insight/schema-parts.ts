import { Type } from 'typebox'

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
