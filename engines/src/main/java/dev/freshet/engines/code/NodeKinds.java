package dev.freshet.engines.code;

import java.util.Set;

/** What the nodes of the grammars are to an outline. The names of all grammars lie together: none has two meanings. */
final class NodeKinds {
    private static final Set<String> DEFINITIONS = Set.of(
            "abstract_class_declaration",
            "annotation_type_declaration",
            "class_declaration",
            "class_definition",
            "class_specifier",
            "compact_constructor_declaration",
            "constructor_declaration",
            "enum_declaration",
            "enum_item",
            "enum_specifier",
            "function_declaration",
            "function_definition",
            "function_item",
            "generator_function_declaration",
            "impl_item",
            "interface_declaration",
            "internal_module",
            "macro_definition",
            "method_declaration",
            "method_definition",
            "mod_item",
            "namespace_definition",
            "record_declaration",
            "struct_item",
            "struct_specifier",
            "trait_item",
            "type_alias_declaration",
            "type_spec",
            "union_item",
            "union_specifier",
            "variable_declarator");

    /** Around one definition and part of it: what exports, decorates or parameterises it. */
    private static final Set<String> WRAPPERS = Set.of(
            "ambient_declaration",
            "decorated_definition",
            "export_statement",
            "lexical_declaration",
            "template_declaration",
            "type_declaration",
            "variable_declaration");

    /** Before a definition and part of it. */
    private static final Set<String> PREFACES =
            Set.of("attribute_item", "block_comment", "comment", "decorator", "inner_attribute_item", "line_comment");

    /** May have definitions in them; expressions are not looked into, which are most of the nodes of a tree. */
    private static final Set<String> CONTAINERS = Set.of(
            "ERROR",
            "block",
            "class_body",
            "compilation_unit",
            "compound_statement",
            "declaration",
            "declaration_list",
            "else_clause",
            "enum_body",
            "enum_body_declarations",
            "expression_statement",
            "field_declaration_list",
            "if_statement",
            "interface_body",
            "linkage_specification",
            "preproc_elif",
            "preproc_else",
            "preproc_if",
            "preproc_ifdef",
            "program",
            "source_file",
            "statement_block",
            "translation_unit",
            "try_statement");

    private NodeKinds() {}

    static boolean isDefinition(String type) {
        return DEFINITIONS.contains(type);
    }

    static boolean isWrapper(String type) {
        return WRAPPERS.contains(type);
    }

    static boolean isPreface(String type) {
        return PREFACES.contains(type);
    }

    static boolean isContainer(String type) {
        return CONTAINERS.contains(type);
    }
}
