/** Something that the person at the keyboard can mend: shown as one line, without a stack. */
export class Failure extends Error {}

/** A command called with what it cannot use; ends with exit code 2. */
export class UsageFailure extends Failure {}
