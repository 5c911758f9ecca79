import { Command, InvalidArgumentError, Option } from 'commander'
import { commandLine } from '../../access/actor.ts'
import { AUDIENCES, type Audience } from '../../access/audience.ts'
import { HELP_CENTRE_FORMATS, type HelpCentreFormat } from '../../articles/imports/import-articles.ts'
import type { ImportReport, Remark } from '../../articles/imports/import-report.ts'
import { requireSourceName } from '../../ingest/source-name.ts'
import { CodedError } from '../../platform/errors.ts'
import { type CommonOptions, withApp } from '../open-app.ts'
import { counted, print } from '../output.ts'

interface ExportOptions extends CommonOptions {
  readonly format: 'jsonl' | 'markdown' | 'site'
  readonly out: string
  readonly audience?: Audience
  readonly language?: string
  readonly title?: string
  readonly baseUrl?: string
}

interface ImportOptions extends CommonOptions {
  readonly format: 'jsonl' | 'markdown' | HelpCentreFormat
  readonly source?: string
  readonly audience: Audience
}

/** How many remarks are shown on stderr; all are counted. */
const REMARKS_SHOWN = 50

/** `entraide articles`: articles to files, and back. */
export function articlesCommand(): Command {
  const command = new Command('articles').description('export and import articles')
  command
    .command('export')
    .description('write articles to a file or a folder, in place of an earlier export')
    .addOption(
      new Option(
        '--format <format>',
        'jsonl: one file that imports back as it was; markdown: a folder, one file an article; site: a folder of web pages, a help centre',
      )
        .choices(['jsonl', 'markdown', 'site'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <path>', 'the file (jsonl) or the folder')
    .addOption(
      new Option(
        '--audience <audience>',
        'only published articles that this audience sees, and of them only what it sees (site: public by default; otherwise everything, drafts too)',
      ).choices(AUDIENCES),
    )
    .option('--language <language>', 'only articles in this language, such as fr', languageOf)
    .option('--title <title>', 'site: what the help centre is called')
    .option('--base-url <url>', 'site: where it will be served; adds a site map for search engines', urlOf)
    .option('--json', 'print one line of JSON')
    .action(runExport)
  command
    .command('import')
    .description('add articles from files, and bring those imported before up to date')
    .addOption(
      new Option(
        '--format <format>',
        'jsonl, markdown: exports of Entraide, and folders of Markdown with front matter; zendesk: answers of the Help Center API of Zendesk Guide; wordpress: an export of WordPress (WXR)',
      )
        .choices(['jsonl', 'markdown', ...HELP_CENTRE_FORMATS])
        .makeOptionMandatory(),
    )
    .argument('<path...>', 'files or folders')
    .option(
      '--source <name>',
      'name of the help centre, by which its articles are known when they are imported again (default: the format)',
      sourceName,
    )
    .addOption(
      new Option(
        '--audience <audience>',
        'who may see its articles; those that it restricts, or that may contain personal data, stay internal',
      )
        .choices(AUDIENCES)
        .default('internal'),
    )
    .option('--json', 'print one line of JSON: how many articles are new, changed, the same …')
    .action(runImport)
  return command
}

async function runExport({ format, out: path, json = false, ...options }: ExportOptions): Promise<void> {
  const { audience, language, title, baseUrl } = options
  if (format !== 'site' && (title ?? baseUrl) !== undefined)
    throw new InvalidArgumentError('--title and --base-url are for --format site.')
  await withApp(async ({ articles }) => {
    const filters = { path, audience, language }
    const summary =
      format === 'jsonl'
        ? await articles.exportJsonLines(filters)
        : format === 'markdown'
          ? await articles.exportMarkdown(filters)
          : await articles.exportSite({ ...filters, audience: audience ?? 'public', title, baseUrl })
    print(json, { path, ...summary }, () => `${counted(summary.articles, 'article')} exported to ${path}.`)
  }, 'warn')
}

async function runImport(
  paths: string[],
  { format, source = format, audience, json = false }: ImportOptions,
): Promise<void> {
  const [path = '', ...others] = paths
  const isHelpCentre = format === 'zendesk' || format === 'wordpress'
  if (!isHelpCentre && others.length > 0)
    throw new InvalidArgumentError(`--format ${format} takes one file or folder.`)
  await withApp(async ({ articles }) => {
    let shown = 0
    const onRemark = (remark: Remark) => {
      if (shown++ < REMARKS_SHOWN) process.stderr.write(`${lineOf(remark)}\n`)
    }
    const options = { source, audience, actor: commandLine, onRemark }
    const imported = isHelpCentre
      ? await articles.importArticles({ format, paths, ...options })
      : format === 'markdown'
        ? await articles.importMarkdown({ path, ...options })
        : await articles.importRecords({ path, actor: commandLine, onRemark })
    if (shown > REMARKS_SHOWN) process.stderr.write(`… and ${shown - REMARKS_SHOWN} more\n`)
    report(json, imported)
  }, 'warn')
}

function report(
  json: boolean,
  { counts, unpublished, ...rest }: ImportReport & { complete?: boolean },
): void {
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
  const told = parts.map(([outcome, count]) => `${count} ${outcome}`).join(', ')
  const lines = [parts.length === 0 ? 'No articles found.' : `Articles: ${told}.`]
  if (unpublished > 0)
    lines.push(`${counted(unpublished, 'article')} kept back, for the reasons above: check and publish.`)
  if (rest.complete === false) lines.push('The export is incomplete: its last line is missing.')
  print(json, { ...counts, unpublished, ...rest }, () => lines.join('\n'))
  if (counts.refused + counts.conflict > 0 || rest.complete === false) process.exitCode = 1
}

function lineOf({ place, code, reason }: Remark): string {
  const at = place.line === undefined ? place.file : `${place.file}:${place.line}`
  return reason.startsWith(place.file) ? `${code}: ${reason}` : `${at}: ${code}: ${reason}`
}

function languageOf(text: string): string {
  if (!/^[a-z]{2,3}$/.test(text)) throw new InvalidArgumentError('Expected a language such as fr or en.')
  return text
}

function urlOf(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError('Expected an address such as https://help.example.com.')
  return text
}

function sourceName(text: string): string {
  try {
    return requireSourceName(text)
  } catch (error) {
    throw new InvalidArgumentError(error instanceof CodedError ? error.message : String(error))
  }
}
