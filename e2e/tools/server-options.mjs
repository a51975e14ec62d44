/**
 * Options of the Node.js that the dashboard runs on. Young objects get 8 MB a half instead of what the machine would allow:
 * reading an audit of 10 000 images makes many of them, and they would be kept until nearly 400 MB are in use.
 */
const options = ['--max-semi-space-size=8']

/** The value of NODE_OPTIONS for a server: what a person has set stays, and wins. */
export const serverNodeOptions = (given = process.env.NODE_OPTIONS ?? '') =>
  [...options, given].join(' ').trim()
