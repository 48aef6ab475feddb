/**
 * The errors genlab raises on purpose. Their messages are written for the person who made the
 * mistake: the operation, the values, the rule that was broken, and the way out. Programs print the
 * message alone; anything that is not a `GenlabError` is a bug of ours.
 *
 * @module
 */

/** An error whose message is meant for the user. */
export class GenlabError extends Error {
  /** An error with the name of its class. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Shapes, dimensions or indices that do not fit the operation. */
export class ShapeError extends GenlabError {}

/** A dtype the operation does not take. */
export class DTypeError extends GenlabError {}

/** A file that is missing, damaged, or not what it should be. */
export class DataError extends GenlabError {}

/** A device that is not there or cannot do what was asked. */
export class DeviceError extends GenlabError {}

/** A computation that takes more memory than there is. */
export class MemoryError extends GenlabError {}

/** A command line that cannot be understood: programs print the message and exit with 2. */
export class UsageError extends GenlabError {}
