import { Type } from 'typebox'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { IMPORT_STATUSES } from './import-history.ts'
import { UploadFields } from './receive-upload.ts'

const counts = { new: 1204, changed: 3, unchanged: 0, rejected: 1 }

const importExample = {
  id: 'imp_01m2x4c6v8b0n2q4w6e8r0t2',
  source: 'community',
  format: 'stack-exchange',
  status: 'running',
  origin: 'upload',
  startedBy: { id: 'key_7h2k9m4p6r8t1v3x', name: 'migration' },
  files: [
    { name: 'Posts.xml', bytes: 52_428_800 },
    { name: 'Users.xml', bytes: 1_048_576 },
  ],
  attempts: 1,
  createdAt: '2026-01-15T09:30:00.000Z',
  startedAt: '2026-01-15T09:30:01.000Z',
  progressAt: '2026-01-15T09:30:07.000Z',
  progress: {
    threads: 1207,
    posts: 3908,
    counts: { threads: counts, posts: { ...counts, new: 3902 } },
    bytesRead: 7_340_032,
    bytesTotal: 53_477_376,
    elapsedMs: 6000,
    postsPerSecond: 651,
    secondsLeft: 38,
  },
} as const

const rejectionExample = {
  number: 1,
  code: 'ROW_FIELD_MISSING',
  reason: 'Title is missing',
  place: { file: 'Posts.xml', line: 812 },
} as const

const Time = Type.String({ description: 'ISO 8601 in UTC' })

const Counts = Type.Object({
  new: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  rejected: Type.Integer(),
  deleted: Type.Optional(Type.Integer({ description: 'where the export could say so' })),
})

const Progress = Type.Object(
  {
    threads: Type.Integer({ description: 'Records processed so far: new, changed and unchanged' }),
    posts: Type.Integer(),
    counts: Type.Object({ threads: Counts, posts: Counts }),
    bytesRead: Type.Integer(),
    bytesTotal: Type.Integer(),
    elapsedMs: Type.Integer({ description: 'Of the present attempt' }),
    postsPerSecond: Type.Integer(),
    secondsLeft: Type.Optional(Type.Integer({ description: 'Estimate from the rate so far' })),
  },
  { description: 'Records committed so far' },
)

const Summary = Type.Object(
  {
    threads: Type.Object({ ...Counts.properties, resolved: Type.Integer() }),
    posts: Counts,
    notComplete: Type.Optional(
      Type.Object(
        { code: Type.String(), reason: Type.String() },
        { description: 'Why an export that was declared complete was not treated as complete' },
      ),
    ),
    answers: Type.Integer({ description: 'Counts in the export' }),
    ignored: Type.Integer({ description: 'Rows that are neither threads nor posts' }),
    orphans: Type.Integer({ description: 'Answers whose question is missing' }),
    incomplete: Type.Optional(
      Type.Integer({ description: 'Threads of which the export holds only some posts' }),
    ),
    notes: Type.Optional(Type.Array(Type.String(), { description: 'How the format interpreted the export' })),
  },
  { description: 'Result of the import, over all attempts' },
)

export const Import = Type.Object(
  {
    id: Type.String(),
    source: Type.String(),
    format: Type.String(),
    status: Type.Enum([...IMPORT_STATUSES], {
      description:
        '`interrupted`: the command was killed. A `running` import resumes by itself after a crash',
    }),
    origin: Type.Enum(['command-line', 'upload', 'crawl']),
    startedBy: Type.Optional(Type.Object({ id: Type.String(), name: Type.String() })),
    files: Type.Array(Type.Object({ name: Type.String(), bytes: Type.Optional(Type.Integer()) })),
    attempts: Type.Integer({ description: 'Number of times the import was started or resumed' }),
    createdAt: Time,
    startedAt: Type.Optional(Time),
    progressAt: Time,
    finishedAt: Type.Optional(Time),
    cancelRequestedAt: Type.Optional(Time),
    progress: Type.Optional(Progress),
    summary: Type.Optional(Summary),
    error: Type.Optional(
      Type.Object({
        code: Type.String(),
        message: Type.String(),
        line: Type.Optional(Type.Integer()),
        column: Type.Optional(Type.Integer()),
      }),
    ),
  },
  { examples: [importExample] },
)

export const ImportPage = pageOf(Import)
export const ImportParams = Type.Object({ id: Type.String() })

export const ImportListQuery = Type.Object(
  {
    source: Type.Optional(Type.String({ maxLength: 255 })),
    status: Type.Optional(Type.Enum([...IMPORT_STATUSES])),
    ...PageQuery.properties,
  },
  { additionalProperties: false },
)

export const RejectionListQuery = Type.Object({ ...PageQuery.properties }, { additionalProperties: false })

export const RejectionPage = pageOf(
  Type.Object(
    {
      number: Type.Integer(),
      code: Type.String(),
      reason: Type.String(),
      place: Type.Object({
        file: Type.String(),
        line: Type.Optional(Type.Integer()),
        column: Type.Optional(Type.Integer()),
      }),
    },
    { examples: [rejectionExample] },
  ),
)

/** Documents the multipart body; it is read as it streams and checked field by field. */
export const Upload = Type.Object({
  ...UploadFields.properties,
  file: Type.Array(Type.String({ format: 'binary' }), {
    description: 'The files of the export; each is a part named `file`, with its own file name',
  }),
})

export const UploadHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^[\\x21-\\x7e]([\\x20-\\x7e]{0,198}[\\x21-\\x7e])?$',
      description: 'Makes a retry safe: the same key from the same caller returns the import that it started',
    }),
  ),
})

export const EventHeaders = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({ maxLength: 200, description: 'Id of the last event received' }),
  ),
})

export const CrawlParams = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200, description: 'Name of the source' }),
})
export const Crawl = Type.Object(
  {
    since: Type.Optional(
      Type.String({
        format: 'date',
        description: 'Only topics active since this day; by default since the last crawl',
      }),
    ),
  },
  { additionalProperties: false, examples: [{ since: '2026-01-01' }] },
)
