/** Something that the person at the keyboard can mend: shown as one line, without a stack. */
export class Failure extends Error {}

/** A command called in a way that it does not understand; ends with exit code 2. */
export class UsageFailure extends Failure {}
