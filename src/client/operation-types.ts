/**
 * The types of a call, found in the contract's by the path and the method of an operation. What every caller's compiler
 * reads imports nothing of how a call is made: an older TypeScript would not take it.
 */
import type { paths } from '../../generated/schema.ts';
import type { Operation } from '../../generated/types.ts';
import type { CallOptions } from '../transport/options.ts';
import type { Open } from './open.ts';

/** What is sent with an operation, as wide as any operation's. */
export interface AnyRequest {
  readonly path?: object | null | undefined;
  readonly query?: object | null | undefined;
  readonly header?: object | null | undefined;
  readonly body?: unknown;
}

/** What is known of an answer. */
export interface ResponseInfo {
  /** The HTTP status. */
  readonly status: number;
  /** The response's headers by lower-case name, `set-cookie` left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the answer came from, with the query. */
  readonly url: string;
}

/** The contract's types of an operation. */
type TypesOf<O extends Operation> = {
  [Path in keyof paths & O['path']]: paths[Path][keyof paths[Path] & O['method']];
}[keyof paths & O['path']];

/** Whether an operation is known only when the program runs, such as one of a list. */
type IsAny<O extends Operation> = string extends O['path'] ? true : false;

/** Null and undefined mean: not set. */
type Settable<Values> = {
  [Name in keyof Values]: Record<never, never> extends Pick<Values, Name>
    ? Values[Name] | null | undefined
    : Values[Name];
};

/** `{ path?, query?, header? }`, each required where one of its parameters is. */
type ParametersOf<Types> = Types extends { parameters: infer Parameters }
  ? { [Part in keyof Omit<Parameters, 'cookie'>]: Settable<Parameters[Part]> }
  : unknown;

/** `{ body? }`, required where the contract says so. */
type BodyOf<Types> = Types extends { requestBody: { content: infer Content } }
  ? { body: Content[keyof Content] }
  : Types extends { requestBody?: { content: infer Content } }
    ? { body?: Content[keyof Content] }
    : unknown;

/** What is sent with an operation. */
export type RequestOf<O extends Operation> =
  IsAny<O> extends true ? AnyRequest : ParametersOf<TypesOf<O>> & BodyOf<TypesOf<O>>;

/** What `call` takes behind the operation: the request may be left out where nothing in it is required. */
export type CallArguments<O extends Operation> =
  Record<never, never> extends RequestOf<O>
    ? [request?: RequestOf<O>, options?: CallOptions]
    : [request: RequestOf<O>, options?: CallOptions];

/** What a success holds: the open type of its JSON, a text for any other media type, undefined without a body. */
export type DataOf<O extends Operation> =
  IsAny<O> extends true
    ? unknown
    : TypesOf<O> extends { responses: infer Responses }
      ? { [Status in keyof Responses]: SuccessOf<Status, Responses[Status]> }[keyof Responses]
      : never;

type SuccessOf<Status, Response> = `${Status & (number | string)}` extends `2${string}`
  ? Response extends { content: infer Content }
    ? {
        [Media in keyof Content]: Media extends `${string}json` ? Open<Content[Media]> : string;
      }[keyof Content]
    : undefined
  : never;
