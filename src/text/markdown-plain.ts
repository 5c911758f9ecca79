const fenced = /^([ \t>]*)(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n([\s\S]*?)(?:^[ \t>]*\2[ \t]*$|(?![\s\S]))/gm

/**
 * Markdown as the text that a reader sees, for excerpts and for the classifier: markup gone, the text of links and
 * pictures and the content of code kept, one line end between blocks.
 */
export function plainText(markdown: string): string {
  let text = ''
  let at = 0
  if (/`{3}|~{3}/.test(markdown)) {
    for (const match of markdown.matchAll(fenced)) {
      const [block, indent = '', , code = ''] = match
      text += proseText(markdown.slice(at, match.index))
      text += `\n${code}`.replaceAll(`\n${indent}`, '\n').slice(1)
      at = match.index + block.length
    }
  }
  text += proseText(markdown.slice(at))
  const lines = text.split('\n').map((line) => line.trimEnd())
  return lines
    .filter((line) => line !== '')
    .join('\n')
    .trim()
}

const literal = /\\([!-/:-@[-`{-~])|(?<!`)(`{1,8})(?!`)([^\n]{1,1000}?)(?<!`)\2(?!`)/g
const emphasis = /(?<![\w\\])(\*{1,3}|_{1,3}|~~)(?=\S)([^\n]{0,400}?\S)\1(?![\w])/g

/** Markdown without fenced code. What is escaped or in code spans is set aside first, so that no rule touches it. */
function proseText(markdown: string): string {
  if (!/[\\`*_~[\]<>#|=-]|^[ \t]|^\d+[.)]\s/m.test(markdown)) return markdown
  const text = markdown
    .replace(literal, (_, escaped?: string, __?: string, code = '') => setAside(escaped ?? code.trim()))
    .replace(/^(?:[ \t]*>)+/gm, '')
    .replace(/^[ \t]*(?:(?:#{1,6}|[-*+]|\d{1,9}[.)])[ \t]+)*/gm, '')
    .replace(/^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+)$/gm, '')
    .replace(/^\|.*\|$/gm, (row) => (/^[|\s:-]+$/.test(row) ? '' : row.replaceAll('|', ' ').trim()))
    .replace(/!?\[([^[\]]{0,2000})\]\([^()\s]{0,2000}(?:\s+"[^"\n]{0,500}")?\)/g, '$1')
    .replace(/!?\[([^[\]]{0,2000})\]\([^()\s]{0,2000}(?:\s+"[^"\n]{0,500}")?\)/g, '$1')
    .replace(/<((?:https?|mailto):[^<>\s]{1,2000})>/gi, '$1')
    .replace(/<\/?[a-z][^<>]{0,500}>/gi, '')
    .replace(emphasis, '$2')
    .replace(emphasis, '$2')
    .replace(/[ \t]{2,}/g, ' ')
  return bringBack(text)
}

/** A private corner of Unicode that no text is known to use. */
const ASIDE = 0xee00
const aside = /[\uee21-\uee7e]/g

function setAside(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, (each) => String.fromCharCode(ASIDE + each.charCodeAt(0)))
}

function bringBack(text: string): string {
  return text.replace(aside, (each) => String.fromCharCode(each.charCodeAt(0) - ASIDE))
}
