import ipaddr from 'ipaddr.js'

/** Whether an IP address is one of this machine alone: `127.0.0.0/8` or `::1`, as IPv4 in IPv6 too. */
export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
}

/** Whether the host of a URL is this machine. @param hostname as `URL` has it: an IPv6 address in brackets */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[(.*)\]$/, '$1'))
}
