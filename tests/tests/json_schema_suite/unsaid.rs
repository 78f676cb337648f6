//! The groups of the suite whose schemas no type says, and why.

const CHOICES: &str = "`one_of` is for texts: numbers, lists and objects are not chosen from a list";
const POSITIONS: &str = "a list of different things has all of them, and no more";
const SUBSCHEMAS: &str = "a field is of one type, and an object has fields or keys";

pub(crate) const GROUPS: &[(&str, &str, &str)] = &[
    ("additionalProperties", "additionalProperties being false does not allow other properties", SUBSCHEMAS),
    ("additionalProperties", "non-ASCII pattern with additionalProperties", SUBSCHEMAS),
    ("additionalProperties", "additionalProperties with schema", SUBSCHEMAS),
    ("additionalProperties", "additionalProperties are allowed by default", SUBSCHEMAS),
    ("additionalProperties", "additionalProperties does not look in applicators", SUBSCHEMAS),
    ("additionalProperties", "additionalProperties with null valued instance properties", SUBSCHEMAS),
    ("additionalProperties", "dependentSchemas with additionalProperties", SUBSCHEMAS),
    ("dependentRequired", "empty dependents", "a relation names at least one field"),
    ("dependentRequired", "dependencies with escaped characters", "a relation names fields as Rust does"),
    ("enum", "simple enum validation", CHOICES),
    ("enum", "heterogeneous enum validation", CHOICES),
    ("enum", "heterogeneous enum-with-null validation", CHOICES),
    ("enum", "enum with false does not match 0", CHOICES),
    ("enum", "enum with [false] does not match [0]", CHOICES),
    ("enum", "enum with true does not match 1", CHOICES),
    ("enum", "enum with [true] does not match [1]", CHOICES),
    ("enum", "enum with 0 does not match false", CHOICES),
    ("enum", "enum with [0] does not match [false]", CHOICES),
    ("enum", "enum with 1 does not match true", CHOICES),
    ("enum", "enum with [1] does not match [true]", CHOICES),
    ("enum", "empty enum", "a list of choices has at least one"),
    ("items", "items and subitems", "a list of different things has all of them"),
    ("items", "items does not look in applicators, valid case", POSITIONS),
    ("items", "prefixItems validation adjusts the starting index for items", POSITIONS),
    ("items", "items with heterogeneous array", POSITIONS),
    ("items", "items with null instance elements", POSITIONS),
    (
        "pattern",
        "pattern with Unicode property escape requires unicode mode",
        "the portable subset has no properties of Unicode",
    ),
    ("prefixItems", "prefixItems with boolean schemas", POSITIONS),
    ("prefixItems", "additional items are allowed by default", POSITIONS),
    ("prefixItems", "prefixItems with null instance elements", POSITIONS),
    ("properties", "properties, patternProperties, additionalProperties interaction", SUBSCHEMAS),
    ("properties", "properties with boolean schema", SUBSCHEMAS),
    ("properties", "properties with escaped characters", SUBSCHEMAS),
    ("properties", "properties with null valued instance properties", SUBSCHEMAS),
    ("properties", "properties whose names are Javascript object property names", SUBSCHEMAS),
    ("uniqueItems", "uniqueItems with an array of items", POSITIONS),
    ("uniqueItems", "uniqueItems=false with an array of items", POSITIONS),
];
