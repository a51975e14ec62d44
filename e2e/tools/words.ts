import { createTranslator } from 'use-intl/core'
import activity from '../../lib/messages/en/activity.json' with { type: 'json' }
import audit from '../../lib/messages/en/audit.json' with { type: 'json' }
import auditMatrix from '../../lib/messages/en/audit-matrix.json' with { type: 'json' }
import auditReview from '../../lib/messages/en/audit-review.json' with { type: 'json' }
import cloudJob from '../../lib/messages/en/cloud-job.json' with { type: 'json' }
import clouds from '../../lib/messages/en/clouds.json' with { type: 'json' }
import common from '../../lib/messages/en/common.json' with { type: 'json' }
import errors from '../../lib/messages/en/errors.json' with { type: 'json' }
import image from '../../lib/messages/en/image.json' with { type: 'json' }
import images from '../../lib/messages/en/images.json' with { type: 'json' }
import incoming from '../../lib/messages/en/incoming.json' with { type: 'json' }
import job from '../../lib/messages/en/job.json' with { type: 'json' }
import jobs from '../../lib/messages/en/jobs.json' with { type: 'json' }
import pages from '../../lib/messages/en/pages.json' with { type: 'json' }
import share from '../../lib/messages/en/share.json' with { type: 'json' }
import signIn from '../../lib/messages/en/sign-in.json' with { type: 'json' }

const messages = {
  activity,
  audit,
  auditMatrix,
  auditReview,
  cloudJob,
  clouds,
  common,
  errors,
  image,
  images,
  incoming,
  job,
  jobs,
  pages,
  share,
  signIn,
}

/** The words of the product as a person sees them: key in the catalogue, values for its placeholders. */
export const say = createTranslator({
  locale: 'en',
  timeZone: 'UTC',
  messages,
  onError: (error) => {
    throw error
  },
})
