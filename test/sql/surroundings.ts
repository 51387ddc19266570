import type { Catalogue } from "./catalogue";
import type { TreeNode } from "./node-tree";

/** A parameter according to its caller: whether it or an element of it may be null, and its possible texts. */
export type Given = { isNullable: boolean; holdsNull: boolean; texts: readonly string[] | null };

/** A query and its outer queries, whose columns its expressions may name. */
export type Surroundings = { query: TreeNode; outer: Surroundings | null; known: Known };

export type Known = { catalogue: Catalogue; given: readonly Given[]; asked: Set<TreeNode> };
