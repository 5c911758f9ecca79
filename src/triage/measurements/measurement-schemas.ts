import { Type } from 'typebox'
import type { Measured } from './describe-measurement.ts'
import type { MeasurementList } from './list-measurements.ts'

const Sentences = Type.Object({ en: Type.String(), fr: Type.String() })

const counts = {
  audited: Type.Integer({
    description: 'Threads of the source that were drawn at random and labelled blind',
  }),
  assigned: Type.Integer({ description: 'Of those, the ones to which the model assigned the label' }),
  right: Type.Integer({ description: 'Of those, the ones to which agents gave it too' }),
}

export const MeasuredSchema = Type.Unsafe<Measured>(
  Type.Object(
    {
      source: Type.Optional(Type.String()),
      acts: Type.Boolean({ description: 'Whether the label acts on posts of the source' }),
      ...counts,
      needed: Type.Integer({ description: 'Audited threads without which no label of the facet acts' }),
      precision: Type.Optional(
        Type.Object({
          share: Type.Number(),
          interval: Type.Array(Type.Number(), { description: '95 % interval' }),
        }),
      ),
      sentence: Sentences,
    },
    {
      description:
        'For facets that come with starter examples: their labels act on a source only once an audit has shown that they keep their risk budget there',
    },
  ),
)

export const MeasurementListSchema = Type.Unsafe<MeasurementList>(
  Type.Object(
    {
      facet: Type.String(),
      needed: Type.Integer({ description: 'Audited threads without which no label acts on a source' }),
      items: Type.Array(
        Type.Object({
          facet: Type.String(),
          source: Type.String(),
          label: Type.String(),
          ...counts,
          budget: Type.Number({ description: 'Largest share of wrong ones among those assigned the label' }),
          acts: Type.Boolean(),
          precision: Type.Optional(
            Type.Object({ share: Type.Number(), interval: Type.Array(Type.Number()) }),
          ),
          sentence: Sentences,
        }),
        { description: 'Each label on each source with an audited thread; the others are not measured' },
      ),
    },
    {
      examples: [
        {
          facet: 'message-kind',
          needed: 60,
          items: [
            {
              facet: 'message-kind',
              source: 'forum',
              label: 'complaint',
              audited: 12,
              assigned: 2,
              right: 2,
              budget: 0.1,
              acts: false,
              precision: { share: 1, interval: [0.342, 1] },
              sentence: {
                en: 'suggested; not measured on this source: 12 of 60 audited',
                fr: 'suggérée\u202f; pas mesurée sur cette source\u00a0: 12 discussions auditées sur 60',
              },
            },
          ],
        },
      ],
    },
  ),
)
