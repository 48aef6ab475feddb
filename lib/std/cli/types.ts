/**
 * The options of {@linkcode parseArgs} and the type of what it returns for them.
 *
 * @module
 */

type BooleanNames = boolean | string | undefined;
type Names = string | undefined;
type Defaults = Record<string, unknown> | undefined;
type Aliases = Record<string, string | ReadonlyArray<string>> | undefined;

/** Options of {@linkcode parseArgs}. */
export interface ParseOptions<
  TBooleans extends BooleanNames = BooleanNames,
  TStrings extends Names = Names,
  TCollectable extends Names = Names,
  TNegatable extends Names = Names,
  TDefault extends Defaults = Defaults,
  TAliases extends Aliases = Aliases,
  TDoubleDash extends boolean | undefined = boolean | undefined,
> {
  /** Whether what follows `--` goes to the result's `"--"` instead of its `_`. */
  "--"?: TDoubleDash;
  /** Other names of an option; the value is found under each of them. */
  alias?: TAliases;
  /** Options that take no value and are false unless given; `true` means every `--name`. */
  boolean?: TBooleans | ReadonlyArray<Extract<TBooleans, string>>;
  /** Values of the options that are not given. */
  default?: TDefault;
  /** Whether everything after the first argument that is no option goes to `_` as it is. */
  stopEarly?: boolean;
  /** Options whose value stays text even if it looks like a number. */
  string?: TStrings | ReadonlyArray<Extract<TStrings, string>>;
  /** Options that can be repeated: their values are gathered in an array. */
  collect?: TCollectable | ReadonlyArray<Extract<TCollectable, string>>;
  /** Options that `--no-name` sets to false. */
  negatable?: TNegatable | ReadonlyArray<Extract<TNegatable, string>>;
  /**
   * Called with every argument that is not named in these options: the argument itself, and for an
   * option also its name and value. Where it returns `false` the argument is left out.
   */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** What {@linkcode parseArgs} returns: the options by name, and the other arguments. */
export type Args<
  TArgs extends Record<string, unknown> = Record<string, unknown>,
  TDoubleDash extends boolean | undefined = undefined,
> =
  & TArgs
  & {
    /** The arguments that belong to no option; those that look like numbers are numbers. */
    _: Array<string | number>;
  }
  & (true extends TDoubleDash ? {
      /** The arguments after `--`, as they are. */
      "--": string[];
    }
    : Record<never, never>);

/** The type of each named option. Options that are only aliases are `unknown`. */
export type Values<
  TBooleans extends BooleanNames,
  TStrings extends Names,
  TCollectable extends Names,
  TNegatable extends Names,
  TDefault extends Defaults,
> =
  & Record<string, unknown>
  & {
    [K in Name<TBooleans>]: K extends TCollectable ? boolean[] : boolean | DefaultOf<TDefault, K>;
  }
  & {
    [K in Name<TStrings>]:
      | (K extends TCollectable ? string[] : string | DefaultOf<TDefault, K, undefined>)
      | (K extends TNegatable ? false : never);
  };

/** The literal names in a list; a list whose names are not known to the compiler gives none. */
type Name<TNames> = string extends TNames ? never : Extract<TNames, string>;

type DefaultOf<TDefault extends Defaults, K extends string, Otherwise = never> = K extends
  keyof TDefault ? TDefault[K] : Otherwise;
