/** Something that the person at the keyboard can mend: shown as one line, without a stack. */
export class Failure extends Error {}

/** A command called with what it cannot use; ends with exit code 2. */
export class UsageFailure extends Failure {}

/** Something that a command needs does not answer; ends with exit code 3 where a command tells this apart. */
export class UnreachableFailure extends Failure {}
