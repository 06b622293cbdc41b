import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** What breaks Relay's specifications of connections, page info and global object identification. */
export function connectionProblems(schema: GraphQLSchema): string[] {
  const objects = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );
  return [
    ...objects.flatMap(shapeProblems),
    ...objects.flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => argumentProblems(type.name, field)),
    ),
    ...nodeProblems(schema),
  ];
}

const PAGE_INFO = {
  hasNextPage: 'Boolean!',
  hasPreviousPage: 'Boolean!',
  startCursor: 'String',
  endCursor: 'String',
};

function shapeProblems(type: GraphQLObjectType): string[] {
  if (type.name === 'PageInfo') return missing(type, PAGE_INFO);
  if (type.name.endsWith('Edge')) return missing(type, { node: /./, cursor: 'String!' });
  if (type.name.endsWith('Connection')) {
    return missing(type, { edges: /^\[\w+Edge!?\]!?$/, pageInfo: 'PageInfo!' });
  }
  return [];
}

function missing(type: GraphQLObjectType, wanted: Record<string, string | RegExp>): string[] {
  return Object.entries(wanted).flatMap(([name, expected]) => {
    const actual = String(type.getFields()[name]?.type ?? '');
    const ok = typeof expected === 'string' ? actual === expected : expected.test(actual);
    return ok ? [] : [`${type.name}.${name}: Relay wants ${expected}, not ${actual || 'nothing'}`];
  });
}

/** A field that answers a connection can be paged forwards or backwards. */
function argumentProblems(parent: string, field: GraphQLField<unknown, unknown>): string[] {
  if (!getNamedType(field.type).name.endsWith('Connection')) return [];
  const types = new Map(field.args.map(({ name, type }) => [name, String(type)]));
  const forwards = types.get('first') === 'Int' && types.get('after') === 'String';
  const backwards = types.get('last') === 'Int' && types.get('before') === 'String';
  return forwards || backwards
    ? []
    : [`${parent}.${field.name}: a connection takes first: Int and after: String`];
}

function nodeProblems(schema: GraphQLSchema): string[] {
  const node = schema.getType('Node');
  if (!isInterfaceType(node))
    return ['Node: the interface of everything with a global id is missing'];
  const id = String(node.getFields().id?.type) === 'ID!' ? [] : ['Node.id: Relay wants ID!'];
  const lookup = schema.getQueryType()?.getFields().node;
  const found = lookup && String(lookup.type) === 'Node' && String(lookup.args[0]?.type) === 'ID!';
  return found ? id : [...id, 'Query.node: Relay wants node(id: ID!): Node'];
}
