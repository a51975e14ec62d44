'use server'
import { SetVisibilityInput } from '../contracts/inputs/images'
import { scopedAction } from '../server/gate'
import * as images from '../server/services/images'

export const setVisibility = scopedAction('image.set_visibility', SetVisibilityInput, images.setVisibility)
