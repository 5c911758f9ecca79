import { stableId } from '../../../dist/platform/ids.js'
import { makeUpPosts } from '../learning/made-up-posts.mjs'

const AT = '2026-01-01T00:00:00.000Z'
/** After the audit slice is drawn, so that no thread of it counts as learned from. */
const LABELS_READ_AT = '2026-01-01T00:00:00.001Z'
const CHUNK = 2_000
/** Name, language and share of the threads: one large community and some small ones. */
const SOURCES = [
  ['forum', 'en', 0.6],
  ['forum-fr', 'fr', 0.3],
  ['desk', 'en', 0.09],
  ['desk-fr', 'fr', 0.01],
]

/**
 * Fills an empty app with threads of made-up words, as imports and triage leave them, past the imports themselves:
 * predictions by a model that is sure of some and hesitates over others, three in a hundred labelled by agents, three
 * in a hundred in the audit slice.
 *
 * @returns the ids of the threads
 */
export async function fillApp(app, { threads: count, labels: classes, words = 40, seed = 1 }) {
  const {
    platform: { db },
    labels,
  } = app
  const facet = await labels.facets.ensure('category')
  const { texts, labels: names } = makeUpPosts(count, classes, words, seed)
  const labelIds = await labels.facets.ensureLabels(facet.id, [...new Set(names)])
  const sources = []
  for (const [name, language, share] of SOURCES) {
    const { id } = await labels.sources.ensure({ name, format: 'ndjson', audience: 'public' })
    sources.push({ id, name, language, share })
  }
  const versionId = 'mdl_bench'
  await db.sql('model_versions').insert({
    id: versionId,
    facet_id: facet.id,
    number: 1,
    status: 'active',
    artefact_hash: '',
    report: '{}',
    reason: '',
    annotations_seen: 0,
    labels_read_at: LABELS_READ_AT,
    created_at: AT,
  })
  const ids = texts.map((_, row) => {
    const source = sourceOf(sources, row)
    return { id: stableId('thr', source.name, String(row)), source, row }
  })
  for (let from = 0; from < count; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK)
    await db.transaction(async () => {
      await db.put(
        THREADS,
        chunk.map(({ id, source, row }) => threadRow(id, source, row, texts[row])),
      )
      await db.put(
        POSTS,
        chunk.map(({ id, source, row }) => postRow(id, source, row, texts[row])),
      )
      await db.put(
        PREDICTIONS,
        chunk.map(({ id, row }) => predictionRow(id, facet.id, versionId, names, row)),
      )
      const labelled = chunk.filter(({ row }) => partOf(row) === 0)
      await db.put(
        ANNOTATIONS,
        labelled.map(({ id, row }) => annotationRow(id, facet.id, labelIds.get(names[row]))),
      )
      await db.put(
        LABELS,
        labelled.map(({ id, row }) => [id, facet.id, labelIds.get(names[row]), `ann_${id}`, 'agent']),
      )
      await db.put(
        AUDIT,
        chunk.filter(({ row }) => partOf(row) === 7).map(({ id }) => [id, AT]),
      )
    })
  }
  // As an import and a sweep do when they end.
  await db.analyze()
  return ids.map(({ id }) => id)
}

/** One of 33 equal parts, whatever the label. */
const partOf = (row) => ((row * 7919) % 10_007) % 33

function sourceOf(sources, row) {
  const place = ((row * 7919) % 1000) / 1000
  let upTo = 0
  for (const source of sources) {
    upTo += source.share
    if (place < upTo) return source
  }
  return sources[0]
}

const table = (name, key, columns) => ({ name, key, columns })
const THREADS = table(
  'threads',
  ['id'],
  [
    'id',
    'source_id',
    'external_id',
    'title',
    'language',
    'tags',
    'closed',
    'created_at',
    'record_hash',
    'question_id',
    'answer_count',
    'accepted_count',
    'updated_at',
  ],
)
const POSTS = table(
  'posts',
  ['id'],
  ['id', 'source_id', 'external_id', 'thread_id', 'kind', 'created_at', 'record_hash', 'updated_at', 'body'],
)
const PREDICTIONS = table(
  'predictions',
  ['thread_id', 'facet_id'],
  [
    'thread_id',
    'facet_id',
    'version_id',
    'label',
    'confidence',
    'decision',
    'alternatives',
    'created_at',
    'margin',
    'entropy',
    'budgets',
  ],
)
const ANNOTATIONS = table(
  'annotations',
  ['id'],
  [
    'id',
    'thread_id',
    'facet_id',
    'position',
    'label_id',
    'provenance',
    'blind',
    'actor_id',
    'actor_name',
    'created_at',
  ],
)
const LABELS = table(
  'thread_labels',
  ['thread_id', 'facet_id'],
  ['thread_id', 'facet_id', 'label_id', 'annotation_id', 'provenance'],
)
const AUDIT = table('audit_slice', ['thread_id'], ['thread_id', 'drawn_at'])

const threadRow = (id, { id: source, language }, row, text) => [
  id,
  source,
  String(row),
  text.split(' ').slice(0, 6).join(' '),
  language,
  '[]',
  false,
  AT,
  '',
  `${id}-q`,
  0,
  0,
  AT,
]
const postRow = (id, { id: source }, row, text) => [
  `${id}-q`,
  source,
  `${row}-q`,
  id,
  'question',
  AT,
  '',
  AT,
  text,
]
const annotationRow = (id, facetId, labelId) => [
  `ann_${id}`,
  id,
  facetId,
  1,
  labelId,
  'agent',
  false,
  'key_bench',
  'bench',
  AT,
]

/** As sure as posts are: most clearly one thing, some between two. */
function predictionRow(id, facetId, versionId, names, row) {
  const confidence = 0.2 + 0.79 * Math.sqrt(((row * 6151) % 10_007) / 10_007)
  const second = (1 - confidence) * (0.3 + 0.6 * (((row * 3571) % 9_973) / 9_973))
  const other = names[(row + 1 + (row % 13)) % names.length]
  const [first, next] = confidence >= second ? [confidence, second] : [second, confidence]
  const alternatives = JSON.stringify([
    { label: names[row], confidence: first },
    { label: other, confidence: next },
  ])
  const rest = Math.max(1e-9, 1 - first - next)
  const entropy = -(first * Math.log(first) + next * Math.log(next) + rest * Math.log(rest))
  return [
    id,
    facetId,
    versionId,
    names[row],
    first,
    first >= 0.6 ? 'assigned' : 'abstained',
    alternatives,
    AT,
    first - next,
    entropy,
    '',
  ]
}
