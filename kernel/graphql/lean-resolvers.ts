import type { GraphQLFieldResolver } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

type Storage = ReturnType<typeof getMetadataStorage>;
type FieldResolverMetadata = Storage['fieldResolvers'][number];
type Param = NonNullable<FieldResolverMetadata['params']>[number];
type Method = (...parameters: unknown[]) => unknown;
type Resolve = GraphQLFieldResolver<unknown, unknown>;

/**
 * Field resolvers of these classes, by type and field. Each time that a field is resolved, type-graphql sorts the parameters
 * of its method, copies the parent into an instance of its class and waits for each argument; a list of products has hundreds of
 * fields. Here all of that is done once. What has inputs to be made instances of, or to be checked, is left to type-graphql.
 */
export function leanResolvers(
  classes: readonly unknown[],
): Record<string, Record<string, Resolve>> {
  const storage = getMetadataStorage();
  const lean: Record<string, Record<string, Resolve>> = {};
  const instances = new Map<unknown, Record<string, Method>>();
  for (const metadata of storage.fieldResolvers) {
    if (!classes.includes(metadata.target)) continue;
    const parent = metadata.getObjectType?.();
    const type = storage.objectTypes.find(({ target }) => target === parent)?.name;
    const reads = readersOf(metadata, storage);
    if (type === undefined || !reads) continue;
    const instance = instances.get(metadata.target) ?? instanceOf(metadata.target);
    instances.set(metadata.target, instance);
    lean[type] = { ...lean[type], [metadata.schemaName]: resolverOf(instance, metadata, reads) };
  }
  return lean;
}

function instanceOf(target: unknown): Record<string, Method> {
  return new (target as new () => Record<string, Method>)();
}

function resolverOf(
  instance: Record<string, Method>,
  { methodName }: FieldResolverMetadata,
  reads: readonly Resolve[],
): Resolve {
  return (source, args, context, info) =>
    instance[methodName]?.(...reads.map((read) => read(source, args, context, info)));
}

/** How each parameter of a method is read; undefined where one of them is more than read. */
function readersOf(metadata: FieldResolverMetadata, storage: Storage): Resolve[] | undefined {
  const { kind, params = [], middlewares = [], roles } = metadata;
  if (kind !== 'external' || middlewares.length > 0 || roles) return undefined;
  const reads = params.toSorted((a, b) => a.index - b.index).map((each) => reader(each, storage));
  return reads.every((read) => read !== undefined) ? reads : undefined;
}

function reader(param: Param, storage: Storage): Resolve | undefined {
  switch (param.kind) {
    case 'root':
      return property(param.propertyName, (source) => source);
    case 'context':
      return property(param.propertyName, (_source, _args, context) => context);
    case 'info':
      return (_source, _args, _context, info) => info;
    case 'arg': {
      const { name, getType, validateFn } = param;
      const isInput = storage.inputTypes.some(({ target }) => target === getType());
      return isInput || validateFn ? undefined : (_source, args) => args[name];
    }
    default:
      return undefined;
  }
}

function property(name: string | undefined, read: Resolve): Resolve {
  if (name === undefined) return read;
  return (source, args, context, info) =>
    (read(source, args, context, info) as Record<string, unknown>)[name];
}
