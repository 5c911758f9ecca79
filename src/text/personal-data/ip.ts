import ipaddr from 'ipaddr.js'
import { type Detector, type Finding, precedingWords } from './finding.ts'

const V4 = /(?<![\p{L}\p{N}_.,-])\d{1,3}(?:\.\d{1,3}){3}(?![\p{L}\p{N}_]|[.-]\d)/gu
const V6 =
  /(?<![\p{L}\p{N}_:.])(?:[0-9a-f]{1,4}:|:)(?::|[0-9a-f]{1,4}:){1,7}[0-9a-f]{0,4}(?![\p{L}\p{N}_:]|\.\d)/giu

/**
 * Ranges that say nothing of who somebody is, being the same in every home: the router's address, masks, multicast.
 * What the registries set aside for documentation (`reserved`) reads like anybody's and is taken for that.
 */
const NOBODY = new Set([
  'private',
  'loopback',
  'linkLocal',
  'unspecified',
  'multicast',
  'broadcast',
  'carrierGradeNat',
  'uniqueLocal',
])
const MASK = /^(?:0|128|192|224|240|248|252|254|255)(?:\.(?:0|128|192|224|240|248|252|254|255)){3}$/
/** Public resolvers, which identify nobody. */
const RESOLVERS = new Set([
  '8.8.8.8',
  '8.8.4.4',
  '1.1.1.1',
  '1.0.0.1',
  '9.9.9.9',
  '149.112.112.112',
  '208.67.222.222',
  '208.67.220.220',
  '2001:4860:4860::8888',
  '2606:4700:4700::1111',
])
const VERSION =
  /(?:versions?|v|vers|firmware|micrologiciel|build|release|mise à jour|màj|maj|update|upgrade|driver|pilote|patch|section|§|chapitre|chapter)[\s.:n°]{0,4}$/u
const NETWORK =
  /(?<!\p{L})(?:ip|ipv4|adresses?|address(?:es)?|ping|h[oô]te|host|serveur|server|client|depuis|from|connexions?|connections?)(?!\p{L})/u
/** A version's numbers are small; an address whose numbers all are is one only where the words say so. */
const SMALL = 32

/** Public IP addresses, v4 and v6. */
export const detectIpAddresses: Detector = (text) => {
  const findings: Finding[] = []
  for (const { 0: found, index } of text.matchAll(V4)) {
    if (isSomebodys(found) && !isVersion(text, found, index)) findings.push(at(index, found))
  }
  for (const { 0: found, index } of text.matchAll(V6)) {
    const groups = found.split(':').filter((group) => group !== '')
    if (groups.length >= 3 && isSomebodys(found)) findings.push(at(index, found))
  }
  return findings.sort((a, b) => a.start - b.start)
}

function at(start: number, found: string): Finding {
  return { kind: 'ip', start, end: start + found.length }
}

function isSomebodys(address: string): boolean {
  if (!ipaddr.isValid(address) || RESOLVERS.has(address) || MASK.test(address)) return false
  return !NOBODY.has(ipaddr.parse(address).range())
}

function isVersion(text: string, address: string, start: number): boolean {
  const words = precedingWords(text, start)
  if (VERSION.test(words)) return true
  return address.split('.').every((octet) => Number(octet) < SMALL) && !NETWORK.test(words)
}
