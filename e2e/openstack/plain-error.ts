/** An expected failure: the message is for the person at the terminal, a sentence and perhaps the end of a log. */
export class PlainError extends Error {}
