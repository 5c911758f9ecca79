import type { Place, SourceItem, SourceRecord } from '../record.ts'
import { RowFields } from './row-fields.ts'

/** The attributes of a row by name, which {@link RowFields} reads. */
export type Values = Readonly<Record<string, string | undefined>>
type Read = (values: Values, place: Place, items: SourceItem[]) => void

const LEAST_SCORE = -2_147_483_648

export const postFields = [
  'Id',
  'PostTypeId',
  'ParentId',
  'AcceptedAnswerId',
  'CreationDate',
  'LastEditDate',
  'ClosedDate',
  'Score',
  'ViewCount',
  'Body',
  'OwnerUserId',
  'Title',
  'Tags',
] as const

/** A question becomes a thread, its question post and its acceptance; tag wikis and the like are ignored. */
export const readPost: Read = (values, place, items) => {
  if (values.PostTypeId === '1') readQuestion(values, place, items)
  else if (values.PostTypeId === '2') readAnswer(values, place, items)
  else if (values.PostTypeId !== undefined && /^\d{1,3}$/.test(values.PostTypeId)) {
    items.push({ outcome: 'ignored', place })
  } else {
    const row = new RowFields(values)
    row.id('PostTypeId')
    items.push(row.rejection('post', place))
  }
}

function readQuestion(values: Values, place: Place, items: SourceItem[]): void {
  const row = new RowFields(values)
  const id = row.id('Id')
  const createdAt = row.time('CreationDate')
  const views = row.optionalNumber('ViewCount', 0)
  const accepted = row.optionalId('AcceptedAnswerId')
  const thread: SourceRecord = {
    type: 'thread',
    id,
    title: row.optionalText('Title') ?? '',
    createdAt,
    tags: readTags(values.Tags),
    views,
    closed: row.optionalTime('ClosedDate') === undefined ? undefined : true,
  }
  const question = post(row, 'question', id, id)
  if (row.problem) {
    items.push(row.rejection('thread', place))
    return
  }
  const acceptance: SourceRecord = {
    type: 'acceptance',
    threadId: id,
    postIds: accepted === undefined ? [] : [accepted],
  }
  items.push(
    { outcome: 'record', record: thread, place },
    { outcome: 'record', record: question, place },
    { outcome: 'record', record: acceptance, place },
  )
}

function readAnswer(values: Values, place: Place, items: SourceItem[]): void {
  const row = new RowFields(values)
  const answer = post(row, 'answer', row.id('Id'), row.id('ParentId'))
  items.push(row.problem ? row.rejection('post', place) : { outcome: 'record', record: answer, place })
}

function post(row: RowFields, kind: 'question' | 'answer', id: string, threadId: string): SourceRecord {
  const authorId = row.optionalId('OwnerUserId')
  const editedAt = row.optionalTime('LastEditDate')
  const score = row.optionalNumber('Score', LEAST_SCORE)
  return {
    type: 'post',
    id,
    kind,
    threadId,
    parentId: kind === 'answer' ? threadId : undefined,
    authorId,
    body: row.text('Body'),
    format: 'html',
    createdAt: row.time('CreationDate'),
    editedAt,
    score,
  }
}

/** Tags: `<a><b>` in dumps until 2023, `|a|b|` since. */
function readTags(tags: string | undefined): string[] {
  return tags === undefined ? [] : tags.split(/[<>|]+/).filter((tag) => tag !== '')
}

export const commentFields = ['Id', 'PostId', 'Score', 'Text', 'CreationDate', 'UserId'] as const

/** The ids of comments are numbered apart from those of posts; a comment names its parent post but not its thread. */
export const readComment: Read = (values, place, items) => {
  const row = new RowFields(values)
  const authorId = row.optionalId('UserId')
  const score = row.optionalNumber('Score', LEAST_SCORE)
  const record: SourceRecord = {
    type: 'post',
    id: `comment-${row.id('Id')}`,
    kind: 'comment',
    parentId: row.id('PostId'),
    authorId,
    body: row.text('Text'),
    format: 'markdown',
    createdAt: row.time('CreationDate'),
    score,
  }
  items.push(row.problem ? row.rejection('post', place) : { outcome: 'record', record, place })
}

export const userFields = ['Id', 'DisplayName', 'Reputation', 'CreationDate'] as const

export const readUser: Read = (values, place, items) => {
  const row = new RowFields(values)
  const id = row.id('Id')
  const reputation = row.optionalNumber('Reputation', 0)
  const joinedAt = row.optionalTime('CreationDate')
  const record: SourceRecord = {
    type: 'member',
    id,
    name: row.optionalText('DisplayName') ?? `user${id}`,
    reputation,
    joinedAt,
  }
  items.push(row.problem ? row.rejection('other', place) : { outcome: 'record', record, place })
}

export const linkFields = ['PostId', 'RelatedPostId', 'LinkTypeId'] as const

export const readLink: Read = (values, place, items) => {
  const row = new RowFields(values)
  const fromThreadId = row.id('PostId')
  const toThreadId = row.id('RelatedPostId')
  const kind = row.id('LinkTypeId')
  if (row.problem) items.push(row.rejection('other', place))
  else if (kind !== '1' && kind !== '3') items.push({ outcome: 'ignored', place })
  else {
    const record: SourceRecord = {
      type: 'link',
      fromThreadId,
      toThreadId,
      kind: kind === '3' ? 'duplicate' : 'related',
    }
    items.push({ outcome: 'record', record, place })
  }
}
