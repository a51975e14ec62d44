import compile from 'icu-minify/compile'
import activity from './en/activity.json'
import audit from './en/audit.json'
import auditMatrix from './en/audit-matrix.json'
import auditReview from './en/audit-review.json'
import cloudJob from './en/cloud-job.json'
import clouds from './en/clouds.json'
import common from './en/common.json'
import errors from './en/errors.json'
import image from './en/image.json'
import images from './en/images.json'
import incoming from './en/incoming.json'
import job from './en/job.json'
import jobs from './en/jobs.json'
import pages from './en/pages.json'
import share from './en/share.json'
import signIn from './en/sign-in.json'

/**
 * Compiled here, once, the way the browser's small formatter takes them (an alias of next.config.mjs chooses it): the
 * parser alone would be a sixth of our own first load. Sentences without placeholders stay plain text.
 */
function compiled<Words>(words: Words): Words {
  // By way of JSON, because only plain objects travel to the browser.
  if (typeof words === 'string') return JSON.parse(JSON.stringify(compile(words))) as Words
  return Object.fromEntries(
    Object.entries(words as Record<string, unknown>).map(([key, part]) => [key, compiled(part)]),
  ) as Words
}

/** Every word of the product, by screen, as written. */
export const sentences = {
  common,
  errors,
  signIn,
  images,
  image,
  share,
  incoming,
  jobs,
  job,
  cloudJob,
  activity,
  audit,
  auditMatrix,
  auditReview,
  clouds,
  pages,
}

/** The same, ready to be used. A route hands only its own part to the browser. */
export const english = compiled(sentences)

export type Messages = typeof sentences
declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages
    Locale: 'en'
  }
}
