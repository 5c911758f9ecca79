import type { Posted } from './post-message.ts'

/** What to do about it, by what Node says of the connection. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known; check it for a typing error',
  EAI_AGAIN: 'the name server does not answer',
  ECONNREFUSED: 'nobody listens on that port',
  ECONNRESET: 'the connection was cut before an answer came',
  UND_ERR_SOCKET: 'the connection was cut before an answer came',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about; a firewall may be in between',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is signed by itself; give Node its authority by NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is of an unknown authority; name that in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it does not send the certificates between its own and the authority’s',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  EPROTO: 'it does not speak TLS on that port',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS on that port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS on that port',
}

const MEANING: Readonly<Record<number, string>> = {
  400: 'it does not like the request; is the body parsed before its signature is verified?',
  401: 'it does not know the signature; does it have this endpoint’s secret?',
  403: 'it refuses the request; does it have this endpoint’s secret?',
  404: 'nothing is at this address',
  405: 'it takes no POST at this address',
  410: 'it wants no more webhooks',
  413: 'it takes no body of this size',
  429: 'it is asked too often',
}

/** What went wrong with an attempt, in a sentence for people; undefined when nothing did. */
export function explainFailure(posted: Posted): string | undefined {
  if ('failure' in posted) {
    const { message, details } = posted.failure
    const advice = ADVICE[String(details.reason)]
    return advice === undefined ? message : `${message}: ${advice}`
  }
  const { status, start } = posted.answer
  if (status >= 200 && status < 300) return undefined
  const meaning = MEANING[status]
  const said = start === '' ? '' : `; it said: ${start.slice(0, 300)}`
  return `It answered ${status}${meaning === undefined ? '' : ` (${meaning})`}${said}`
}
