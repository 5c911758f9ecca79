import { Type } from 'typebox'
import type { Standing } from './standing.ts'

export const standingExample: Standing = {
  inForce: { budget: 0.05, coverage: 0 },
  others: [
    { budget: 0.01, coverage: 0 },
    { budget: 0.02, coverage: 0 },
    { budget: 0.1, coverage: 0 },
    { budget: 0.15, coverage: 0 },
    { budget: 0.2, coverage: 0.35, estimatedError: 0.09 },
    { budget: 0.3, coverage: 0.61, estimatedError: 0.17 },
  ],
  labelsNeeded: { atLeast: 0, estimate: 230 },
  summary: {
    en: 'Under the risk budget of 5%, nothing is assigned yet: 231 labelled threads do not show that the budget would be kept.',
    fr: 'Avec un budget de risque de 5\u00a0%, aucune étiquette n’est encore attribuée\u00a0: 231 discussions étiquetées ne montrent pas que le budget serait respecté.',
  },
  next: [
    {
      en: 'Label about 230 more threads: at the present accuracy, that is when labels begin to be assigned. The review queue chooses the threads that teach most.',
      fr: 'Étiquetez encore environ 230 discussions\u00a0: avec l’exactitude actuelle, c’est alors que des étiquettes commencent à être attribuées. La file de relecture choisit les discussions qui apprennent le plus au modèle.',
    },
  ],
}

const SentencesSchema = Type.Object({ en: Type.String(), fr: Type.String() })
const Share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description })

const Outlook = Type.Object({
  budget: Share('Risk budget of the facet'),
  coverage: Share('Share of posts assigned a label'),
  estimatedError: Type.Optional(
    Share('Share of wrong labels among these, by held-out predictions; absent if nothing is assigned'),
  ),
})

/** Where a version stands under the risk budgets in force. */
export const StandingSchema = Type.Unsafe<Standing>(
  Type.Object(
    {
      inForce: Outlook,
      others: Type.Array(Outlook, { description: 'What other budgets of the facet would give' }),
      labelsNeeded: Type.Optional(
        Type.Object(
          {
            atLeast: Type.Integer({
              description: 'At least so many more, if the surest predictions are all right',
            }),
            estimate: Type.Optional(
              Type.Integer({
                description: 'About so many more at the present accuracy; absent if it cannot be estimated',
              }),
            ),
          },
          { description: 'Labelled threads until anything is assigned; absent if something is' },
        ),
      ),
      summary: SentencesSchema,
      next: Type.Array(SentencesSchema, { description: 'What to do next' }),
    },
    { description: 'Where the version stands under the risk budgets in force' },
  ),
)
