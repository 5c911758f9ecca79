import { Command, Option } from 'commander'
import { commandLine } from '../../access/actor.ts'
import type { PresentedReport } from '../../insight/drift/present-report.ts'
import type { PresentedTopic } from '../../insight/topics/present-topic.ts'
import { TOPIC_STATUSES, type TopicStatus } from '../../insight/topics/topic.ts'
import { CATEGORY } from '../../labels/facet.ts'
import { type CommonOptions, everyPage, withApp } from '../open-app.ts'

import { print, table } from '../output.ts'

const reader = commandLine.audience
const POSTS = { inList: 10, alone: 200 }

/** `entraide drift`: how posts differ from those before the model in force, and the topics that rise. */
export function driftCommand(): Command {
  const command = new Command('drift').description(
    'show how recent posts differ from those before the active model version, and rising topics',
  )
  command
    .command('measure')
    .description('measure drift and detect topics now; a job does so every night')
    .argument('[facet]', 'such as `category`', CATEGORY)
    .option('--json', 'print one line of JSON')
    .action((facet: string, { json = false }: CommonOptions) =>
      withApp(async ({ insight }) => {
        const stored = await insight.measureFacet({ facet })
        const [report] = await insight.presentReports([stored], reader)
        print(json, report, () => describe(report!))
      }, 'warn'),
    )
  command
    .command('show')
    .description('show the latest report, or those of the last days')
    .argument('[facet]', 'such as `category`', CATEGORY)
    .option('--history', 'list all reports, one per line')
    .option('--json', 'print one line of JSON')
    .action((name: string, { history = false, json = false }: CommonOptions & { history?: boolean }) =>
      withApp(async ({ insight, labels }) => {
        const facet = await labels.facets.require(name)
        const stored = history
          ? await everyPage((page) => insight.reports.list(facet.id, page))
          : (await insight.reports.list(facet.id, { limit: 1 })).items
        const reports = await insight.presentReports(stored, reader)
        print(json, { facet: name, reports }, () =>
          history ? table(reports.map(line)) : (reports.map(describe)[0] ?? 'not measured yet'),
        )
      }, 'warn'),
    )
  command.addCommand(topicsCommand())
  return command
}

function topicsCommand(): Command {
  const command = new Command('topics').description(
    'list, accept and dismiss rising topics: bursts of similar posts that fit no label',
  )
  command
    .command('list', { isDefault: true })
    .description('list topics, newest first')
    .addOption(
      new Option('--status <status>', 'only topics with this status').choices(TOPIC_STATUSES).default('open'),
    )
    .option('--json', 'print one line of JSON')
    .action(({ status, json = false }: CommonOptions & { status: TopicStatus }) =>
      withApp(async ({ insight }) => {
        const stored = await everyPage((page) => insight.topics.list({ reader, status, ...page }))
        const topics = await insight.presentTopics(stored, { reader, posts: POSTS.inList })
        print(json, { topics }, () => topics.map(describeTopic).join('\n\n') || '(none)')
      }, 'warn'),
    )
  command
    .command('accept')
    .description('turn a topic into a label')
    .argument('<id>', 'id of the topic, as shown by `drift topics`')
    .requiredOption('--name <label>', 'name of the label; created if it does not exist')
    .option('--facet <facet>', 'facet of the label; by default that of the topic')
    .option('--description <text>', 'description of the label')
    .option('--annotate', 'also label the posts of the topic, as a job')
    .option('--json', 'print one line of JSON')
    .action(
      (
        id: string,
        { json = false, ...acceptance }: CommonOptions & { name: string; facet?: string; annotate?: boolean },
      ) =>
        withApp(async ({ insight }) => {
          const accepted = await insight.acceptTopic({ id, ...acceptance, actor: commandLine })
          const [topic] = await insight.presentTopics([accepted], { reader, posts: POSTS.alone })
          print(json, topic, () => `${id} is now the label "${topic?.label?.name}" of ${topic?.label?.facet}`)
        }, 'warn'),
    )
  command
    .command('dismiss')
    .description('dismiss a topic that should not become a label')
    .argument('<id>', 'id of the topic, as shown by `drift topics`')
    .option('--reason <text>', 'why')
    .option('--json', 'why')
    .action((id: string, { json = false, reason }: CommonOptions & { reason?: string }) =>
      withApp(async ({ insight }) => {
        const wish = { id, reason, actor: commandLine }
        const [topic] = await insight.presentTopics([await insight.dismissTopic(wish)], {
          reader,
          posts: POSTS.alone,
        })
        print(json, topic, () => `${id} is dismissed`)
      }, 'warn'),
    )
  return command
}

function line({ day, modelVersion, window, scopes, alarms }: PresentedReport) {
  return {
    day,
    version: modelVersion,
    days: window.days,
    posts: scopes.find(({ scope }) => scope === 'all')?.posts ?? 0,
    alarms: alarms.map(({ scope, kind }) => `${kind} (${scope})`).join(', '),
  }
}

function describe(report: PresentedReport): string {
  const { facet, modelVersion, day, window, scopes, alarms } = report
  return [
    `${facet}, ${day}: posts of the last ${window.days} days compared with those before version ${modelVersion}`,
    '',
    table(
      scopes.map(({ scope, posts, referencePosts, figures }) => ({
        posts: scope,
        now: posts,
        before: referencePosts,
        'unknown words': figures ? change(figures.vocabulary.unknownShare) : 'too few posts',
        confidence: figures ? change(figures.confidence.median) : '',
        assigned: figures
          ? change({ before: figures.coverage.before.share, now: figures.coverage.now.share })
          : '',
        'label index': figures?.labels.psi.toFixed(3) ?? '',
      })),
    ),
    '',
    ...(alarms.length > 0 ? alarms.map(({ statement }) => statement) : [describeCalm(scopes)]),
  ].join('\n')
}

function describeCalm(scopes: PresentedReport['scopes']): string {
  return scopes.some(({ figures }) => figures !== undefined)
    ? 'No significant change.'
    : 'There are too few posts to compare.'
}

function change({ before, now }: { readonly before: number; readonly now: number }): string {
  return `${(100 * before).toFixed(1)} → ${(100 * now).toFixed(1)}%`
}

function describeTopic({
  id,
  status,
  proposedName,
  postCount,
  posts,
  figures,
  label,
}: PresentedTopic): string {
  const rise =
    figures === undefined ? '' : `, ${figures.askers} askers, ${figures.expected.toFixed(1)} expected`
  const state = label === undefined ? status : `${status} as "${label.name}"`
  return [
    `${id} (${state}): ${proposedName}; ${postCount} posts${rise}`,
    ...posts.slice(0, 3).map(({ title, excerpt }) => `  ${title || excerpt}`),
  ].join('\n')
}
