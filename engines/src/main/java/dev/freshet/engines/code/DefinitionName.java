package dev.freshet.engines.code;

import org.jspecify.annotations.Nullable;
import org.treesitter.TSNode;

/** Finds the part of a definition that names it. */
final class DefinitionName {
    /** C wraps names into pointers, arrays and parameters. */
    private static final int MOST_DECLARATORS = 8;

    private DefinitionName() {}

    /** Null where the node only looks like a definition: a type that is used, a variable that is no function. */
    static @Nullable TSNode of(TSNode node) {
        return switch (node.getType()) {
            case "function_definition" -> ofFunction(node);
            case "struct_specifier", "class_specifier", "enum_specifier", "union_specifier" ->
                child(node, "body") == null ? null : child(node, "name");
            case "impl_item" -> child(node, "type");
            case "variable_declarator" -> isFunction(child(node, "value")) ? child(node, "name") : null;
            default -> child(node, "name");
        };
    }

    private static @Nullable TSNode ofFunction(TSNode node) {
        TSNode name = child(node, "name");
        TSNode declarator = name == null ? child(node, "declarator") : name;
        for (int i = 0; i < MOST_DECLARATORS && declarator != null; i++) {
            TSNode inner = child(declarator, "declarator");
            if (inner == null) {
                return declarator;
            }
            declarator = inner;
        }
        return declarator;
    }

    private static boolean isFunction(@Nullable TSNode value) {
        return value != null
                && switch (value.getType()) {
                    case "arrow_function", "function_expression", "generator_function", "class" -> true;
                    default -> false;
                };
    }

    private static @Nullable TSNode child(TSNode node, String field) {
        TSNode child = node.getChildByFieldName(field);
        return child == null || child.isNull() ? null : child;
    }
}
