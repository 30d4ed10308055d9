/** What stands where a reason would: who asked for it is said beside it. */
export const noReason = 'No reason was given.';
