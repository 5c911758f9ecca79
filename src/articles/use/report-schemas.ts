import { Type } from 'typebox'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import * as schemas from '../schemas.ts'
import { REPORT_ORIGINS, REPORT_OUTCOMES, REPORT_STATES } from './report.ts'
import { REPORT_OWNERS } from './show-reports.ts'

const Named = Type.Object({ id: Type.String(), name: Type.String() })
const Outcome = Type.Enum([...REPORT_OUTCOMES], {
  description: '`fixed`: the article was mended; `rejected`: it is right as it is',
})

const exampleReport = {
  id: 'rep_01kd0f3k9qv7w2m4n5p6r7s8t',
  article: {
    id: schemas.exampleState.id,
    title: schemas.exampleContent.title,
    language: 'fr',
    confidence: 'validated',
    audience: 'public',
  },
  comment: 'Le menu s’appelle « Connexions » depuis la mise à jour.',
  origin: 'colleague',
  by: { id: 'usr_01kd0f3k9qv7w2m4n5p6r7s8t', name: 'Camille' },
  category: 'roaming',
  reportedAt: '2026-01-15T10:00:00.000Z',
  dueAt: '2026-01-17T10:00:00.000Z',
  mayClose: true,
}

export const Report = Type.Object(
  {
    id: Type.String(),
    article: Type.Object({
      id: Type.String(),
      title: Type.String(),
      language: Type.String(),
      confidence: schemas.Confidence,
      audience: schemas.Audience,
    }),
    passageId: Type.Optional(Type.String({ description: 'Passage that the problem is in; it may be gone' })),
    comment: Type.String({ description: 'What is wrong, as plain text' }),
    origin: Type.Enum([...REPORT_ORIGINS], {
      description: '`colleague`: reported by staff; `reader`: the article did not solve a reader’s problem',
    }),
    by: Type.Optional(Named),
    category: Type.Optional(Type.String({ description: 'Category of the article when it was reported' })),
    owner: Type.Optional(Named),
    reportedAt: Type.String(),
    dueAt: Type.String({ description: 'By when to deal with it' }),
    closed: Type.Optional(
      Type.Object({
        outcome: Outcome,
        note: Type.Optional(Type.String()),
        by: Named,
        at: Type.String(),
      }),
    ),
    mayClose: Type.Boolean({ description: 'Whether the caller may close it' }),
  },
  { examples: [exampleReport] },
)
export const ReportPage = { ...pageOf(Report), examples: [{ items: [exampleReport] }] }

export const NewReport = Type.Object(
  {
    comment: Type.String({ maxLength: 2000, pattern: '\\S', description: 'What is wrong, as plain text' }),
    passageId: Type.Optional(Type.String({ maxLength: 100, description: 'Passage that the problem is in' })),
  },
  { additionalProperties: false, examples: [{ comment: exampleReport.comment }] },
)

export const ReportQuery = Type.Object(
  {
    ...PageQuery.properties,
    owner: Type.Optional(
      Type.Enum([...REPORT_OWNERS], {
        description: '`me`: only those of categories that the caller owns; `all` by default',
      }),
    ),
    state: Type.Optional(
      Type.Enum([...REPORT_STATES], {
        description: '`open` (by default), the first due first, or `closed`, the last closed first',
      }),
    ),
  },
  { additionalProperties: false },
)

export const ReportParams = Type.Object({
  report: Type.String({ maxLength: 100, description: 'Id of the report' }),
})

export const Closing = Type.Object(
  {
    outcome: Outcome,
    note: Type.Optional(Type.String({ maxLength: 2000, pattern: '\\S', description: 'Why, as plain text' })),
  },
  { additionalProperties: false, examples: [{ outcome: 'fixed' }] },
)
