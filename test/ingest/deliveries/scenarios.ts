import { discourseDelivery, githubDelivery, type TestDelivery } from './support.ts'

/** Times of a morning. */
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 10, 11, 0, seconds)).toISOString()

const topic = (fields: object) => ({
  topic: {
    id: 50,
    title: 'The box restarts',
    created_at: at(0),
    archetype: 'regular',
    visible: true,
    closed: false,
    views: 3,
    tags: [{ id: 1, name: 'box', slug: 'box' }],
    ...fields,
  },
})

const post = (id: number, number: number, version: number, fields: object = {}) => ({
  id,
  topic_id: 50,
  post_number: number,
  post_type: 1,
  user_id: 10 + number,
  username: `member${number}`,
  topic_archetype: 'regular',
  created_at: at(number),
  updated_at: at(version === 1 ? number : number + version * 10),
  version,
  cooked: `<p>Post ${id}, version ${version}: restart the box and wait for the green light.</p>`,
  ...fields,
})

/** The events of one topic that Discourse sends, in order. */
export function discourseStory(): TestDelivery[] {
  const events: [event: string, payload: object][] = [
    ['topic_created', topic({})],
    ['post_created', { post: post(500, 1, 1) }],
    ['post_created', { post: post(501, 2, 1) }],
    ['post_created', { post: post(502, 3, 1, { reply_to_post_number: 2 }) }],
    ['post_edited', { post: post(501, 2, 2) }],
    ['accepted_solution', { solved: post(501, 2, 2) }],
    ['accepted_solution', { solved: post(502, 3, 1, { reply_to_post_number: 2 }) }],
    ['post_edited', { post: post(501, 2, 3, { accepted_answer: true }) }],
    ['topic_edited', topic({ title: 'The box restarts every hour' })],
    ['unaccepted_solution', { solved: post(501, 2, 3) }],
    ['post_created', { post: post(503, 4, 1) }],
    ['post_destroyed', { post: post(503, 4, 1, { deleted_at: at(50) }) }],
    ['post_recovered', { post: post(503, 4, 1) }],
    ['post_destroyed', { post: post(502, 3, 1, { reply_to_post_number: 2, deleted_at: at(52) }) }],
    ['topic_closed_status_updated', topic({ title: 'The box restarts every hour', closed: true })],
    ['post_created', { post: post(504, 5, 1, { topic_archetype: 'private_message', topic_id: 51 }) }],
    ['post_created', { post: post(505, 6, 1, { post_type: 3 }) }],
    ['user_created', { user: { id: 1 } }],
    ['ping', { ping: 'OK' }],
  ]
  return events.map(([event, payload], i) => discourseDelivery(100 + i * 3, event, payload))
}

const discussion = (updated: number, fields: object = {}) => ({
  discussion: {
    id: 9,
    node_id: 'D_9',
    number: 4,
    title: 'How do I reset the box?',
    body: 'It blinks **red** since this morning.',
    html_url: 'https://github.com/example/box/discussions/4',
    user: { login: 'ada' },
    author_association: 'NONE',
    category: { name: 'Q&A' },
    state: 'open',
    locked: false,
    answer_html_url: null,
    created_at: at(0),
    updated_at: at(updated),
    ...fields,
  },
})

const comment = (id: number, created: number, updated: number, fields: object = {}) => ({
  id,
  node_id: `DC_${id}`,
  parent_id: null,
  user: { login: 'grace' },
  author_association: 'MEMBER',
  body: `Comment ${id} as of second ${updated}: hold the button.`,
  created_at: at(created),
  updated_at: at(updated),
  ...fields,
})

/** The events of one discussion that GitHub sends, in order. */
export function githubStory(): TestDelivery[] {
  const chosen = { answer_html_url: 'https://github.com/example/box/discussions/4#discussioncomment-21' }
  const events: [event: string, payload: object][] = [
    ['discussion.created', discussion(0)],
    ['discussion.edited', discussion(2, { title: 'How do I reset the box for good?' })],
    ['discussion_comment.created', { ...discussion(3), comment: comment(20, 3, 3) }],
    ['discussion_comment.created', { ...discussion(4), comment: comment(21, 4, 4, { parent_id: 20 }) }],
    ['discussion_comment.edited', { ...discussion(4), comment: comment(20, 3, 6) }],
    ['discussion_comment.edited', { ...discussion(4), comment: comment(20, 3, 8) }],
    ['discussion.answered', { ...discussion(9, chosen), answer: comment(21, 4, 4, { parent_id: 20 }) }],
    ['discussion.unanswered', { ...discussion(11), old_answer: comment(21, 4, 4, { parent_id: 20 }) }],
    ['discussion.answered', { ...discussion(12), answer: comment(20, 3, 8) }],
    ['discussion_comment.created', { ...discussion(13), comment: comment(22, 13, 13) }],
    ['discussion_comment.deleted', { ...discussion(14), comment: comment(22, 13, 13) }],
    ['discussion.closed', discussion(15, { state: 'closed' })],
    ['discussion.reopened', discussion(16)],
    ['discussion.locked', discussion(17, { locked: true, labels: [{ name: 'reset' }] })],
    ['ping', { zen: 'Keep it logically awesome.' }],
  ]
  return events.map(([event, payload], i) => githubDelivery(`guid-${i}`, event, payload))
}
