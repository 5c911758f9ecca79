import { join } from 'node:path'
import { requireFormat } from '../../src/sources/registry.ts'
import type { FormatSample } from './source-format-contract.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/formats')
const TIME = '2024-05-31T09:30:00Z'
const json = (value: unknown) => `${JSON.stringify(value)}\n`
/** As many separators as a spreadsheet writes when a cell holds them. */
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const escaped = (text: string) =>
  text.replace(/[&<"\n\r\t]/g, (each) => `&#x${each.charCodeAt(0).toString(16)};`)

type Sample = Omit<FormatSample, 'name' | 'format' | 'folder'> & { readonly format?: string }

const discussions = (...nodes: object[]) =>
  json({ data: { repository: { discussions: { pageInfo: { hasNextPage: false }, nodes } } } })
const discussion = { id: 'D_1', number: 1, title: 'T', body: 'B', createdAt: TIME, comments: { nodes: [] } }
const zendeskPost = { id: 1, title: 'T', details: 'B', created_at: TIME, comment_count: 0 }
const message = { type: 'message', id: '1', depth: 0, subject: 'T', body: 'B', post_time: TIME }
const messages = (...items: object[]) => json({ status: 'success', data: { type: 'messages', items } })
const thread = { type: 'thread', id: 't', title: 'T', createdAt: TIME }
const question = { type: 'post', id: 'q', kind: 'question', threadId: 't', body: 'B', createdAt: TIME }

const topic = { id: 1, title: 'T', created_at: TIME, posts_count: 1 }
const topicPost = { id: 11, post_number: 1, user_id: 3, username: 'sam', cooked: 'B', created_at: TIME }
const topics = (fields: object, post: object) =>
  json({ ...topic, ...fields, post_stream: { stream: [11], posts: [{ ...topicPost, ...post }] } })

/** A sample of every format, by its folder under fixtures/formats, and how to write what a test needs. */
const samples: Readonly<Record<string, Sample>> = {
  discourse: {
    input: 'export',
    file: 'export/topics.ndjson',
    withBody: (body, time = TIME) => topics({ created_at: time }, { created_at: time, cooked: body }),
    negative: topics({ views: -1 }, {}),
  },
  'stack-exchange': {
    input: '',
    file: 'Posts.xml',
    withBody: (body, time = TIME) =>
      `<posts>\n<row Id="1" PostTypeId="1" CreationDate="${time.slice(0, 19)}" Body="${escaped(body)}" />\n</posts>`,
    negative: `<posts>\n<row Id="1" PostTypeId="1" CreationDate="2024-05-31T09:30:00" Body="b" ViewCount="-1" />\n</posts>`,
  },
  'github-discussions': {
    input: 'discussions.json',
    file: 'discussions.json',
    withBody: (body, time = TIME) => discussions({ ...discussion, body, createdAt: time }),
    negative: discussions({ ...discussion, upvoteCount: -1 }),
  },
  zendesk: {
    input: 'export',
    file: 'export/posts.json',
    withBody: (body, time = TIME) => json({ posts: [{ ...zendeskPost, details: body, created_at: time }] }),
    negative: json({ posts: [{ ...zendeskPost, vote_sum: -3, vote_count: 1 }] }),
  },
  khoros: {
    input: 'messages.json',
    file: 'messages.json',
    withBody: (body, time = TIME) => messages({ ...message, body, post_time: time }),
    negative: messages({ ...message, kudos: { sum: { weight: -1 } } }),
  },
  ndjson: {
    input: 'community.ndjson',
    file: 'community.ndjson',
    withBody: (body, time = TIME) =>
      json({ ...thread, createdAt: time }) + json({ ...question, body, createdAt: time }),
    negative: json({ type: 'votes', postId: 'q', up: -1, down: 0 }),
  },
  csv: {
    input: 'questions.csv',
    file: 'questions.csv',
    withBody: (body) => `text,label\n${quoted(body)},long\n`,
    without: { negative: 'it has no counts', dates: 'it has no dates' },
  },
  'csv-questions': {
    format: 'csv',
    input: 'tickets.csv',
    file: 'tickets.csv',
    options: {
      map: 'id=Ticket,title=Sujet,question=Question,answer=Réponse,accepted=Résolu,created=Date,author=Utilisateur,tags=Étiquettes,category=Rubrique,language=Langue,views=Vues,score=Note',
    },
    header: 'Ticket;Sujet;Question;Réponse;Résolu;Date;Utilisateur;Étiquettes;Rubrique;Langue;Vues;Note\n',
    withBody: (body, time = TIME) => `1;T;${quoted(body)};;;${time};;;;;;\n`,
    negative: `1;T;Q;;;${TIME};;;;;-1;\n`,
  },
  'csv-posts': {
    format: 'csv',
    input: 'posts.csv',
    file: 'posts.csv',
    options: {
      map: 'thread=thread_id,id=post_id,kind=type,parent=parent,author=author,created=posted_at,title=subject,body=message,accepted=best,views=views,score=votes',
    },
    header: 'thread_id,post_id,type,parent,author,posted_at,subject,message,best,views,votes\n',
    withBody: (body, time = TIME) => `1,1,question,,sam,${time},T,${quoted(body)},,,\n`,
    negative: `1,1,question,,sam,${TIME},T,Q,,-1,\n`,
  },
}

export const formatSamples: readonly FormatSample[] = Object.entries(samples).map(
  ([name, { format = name, header = '', withBody, negative, ...sample }]) => ({
    ...sample,
    name,
    format: requireFormat(format),
    folder: join(fixtures, name),
    withBody: (body, time) => header + withBody(body, time),
    ...(negative !== undefined && { negative: header + negative }),
  }),
)
