import 'server-only'

// Tests cause failures on purpose; what they would log helps nobody. A test of the log puts its own sink here.
const nothing = () => {}
const shared = globalThis as { shareboardLog?: unknown }
shared.shareboardLog ??= { info: nothing, warn: nothing, error: nothing }
