import { abstractLists } from './abstract-lists.graph.js';
import { compositeKeys } from './composite-keys.graph.js';
import { conditions } from './conditions.graph.js';
import { enums } from './enums.graph.js';
import { externalExtends } from './external-extends.graph.js';
import { failures } from './failures.graph.js';
import { inaccessible } from './inaccessible.graph.js';
import { inputs } from './inputs.graph.js';
import { interfaceObjects } from './interface-objects.graph.js';
import { interfaces } from './interfaces.graph.js';
import { introspection } from './introspection.graph.js';
import { keyHopping } from './key-hopping.graph.js';
import type { Kind } from './kind.js';
import { leafValues } from './leaf-values.graph.js';
import { malformed } from './malformed.graph.js';
import { mutations } from './mutations.graph.js';
import { nullKeys } from './null-keys.graph.js';
import { nulls } from './nulls.graph.js';
import { override } from './override.graph.js';
import { plainDirectives } from './plain-directives.graph.js';
import { prototypeNames } from './prototype-names.graph.js';
import { provides } from './provides.graph.js';
import { providesAbstract } from './provides-abstract.graph.js';
import { repeatedEntities } from './repeated-entities.graph.js';
import { requires } from './requires.graph.js';
import { requiresAbstract } from './requires-abstract.graph.js';
import { requiresArguments } from './requires-arguments.graph.js';
import { selections } from './selections.graph.js';
import { sharedRoots } from './shared-roots.graph.js';
import { simpleKeys } from './simple-keys.graph.js';
import { unions } from './unions.graph.js';

export const KINDS: readonly Kind[] = [
  simpleKeys,
  compositeKeys,
  keyHopping,
  nullKeys,
  requires,
  requiresArguments,
  requiresAbstract,
  provides,
  providesAbstract,
  interfaces,
  interfaceObjects,
  unions,
  override,
  plainDirectives,
  inaccessible,
  sharedRoots,
  externalExtends,
  enums,
  inputs,
  conditions,
  selections,
  abstractLists,
  repeatedEntities,
  mutations,
  leafValues,
  nulls,
  failures,
  malformed,
  introspection,
  prototypeNames,
];
