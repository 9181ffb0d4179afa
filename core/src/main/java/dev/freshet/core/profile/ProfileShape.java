package dev.freshet.core.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Holds a stated profile against the default one: every field must be one of its fields, and of the same type. */
final class ProfileShape {
    private static final String DOMAINS = "/domains";
    private static final int MOST_DOMAINS = 50;
    private static final int MOST_TERMS = 100;
    private static final int LONGEST_TERM = 100;
    private static final String METHOD = "/fusion/method";

    private final List<String> problems = new ArrayList<>();

    private ProfileShape() {}

    static List<String> problems(ObjectNode stated, ObjectNode defaults) {
        ProfileShape shape = new ProfileShape();
        shape.object("", stated, defaults);
        return shape.problems;
    }

    private void object(String where, ObjectNode stated, ObjectNode defaults) {
        for (var field : stated.properties()) {
            String pointer = where + "/" + field.getKey();
            JsonNode known = defaults.get(field.getKey());
            if (known == null) {
                problems.add(pointer + ": there is no such field; known are " + names(defaults));
            } else if (pointer.equals(DOMAINS)) {
                domains(field.getValue());
            } else {
                value(pointer, field.getValue(), known);
            }
        }
    }

    private void value(String pointer, JsonNode stated, JsonNode known) {
        if (known instanceof ObjectNode inner) {
            if (stated instanceof ObjectNode object) {
                object(pointer, object, inner);
            } else {
                problems.add(pointer + ": must be an object");
            }
            return;
        }
        if (pointer.equals(METHOD)) {
            method(pointer, stated);
            return;
        }
        // The default writes amounts with a decimal point.
        boolean whole = known.isIntegralNumber();
        boolean fits = switch (known.getNodeType()) {
            case NUMBER -> whole ? stated.isInt() : stated.isNumber();
            case BOOLEAN -> stated.isBoolean();
            default -> stated.isTextual();
        };
        if (!fits) {
            problems.add(pointer + ": must be "
                    + switch (known.getNodeType()) {
                        case NUMBER -> whole ? "a whole number" : "a number";
                        case BOOLEAN -> "true or false";
                        default -> "a string";
                    });
        }
    }

    private void method(String pointer, JsonNode stated) {
        List<String> methods = new ArrayList<>();
        for (RankingProfile.Method method : RankingProfile.Method.values()) {
            methods.add(method.label());
        }
        if (!methods.contains(stated.asText().toLowerCase(Locale.ROOT))) {
            problems.add(pointer + ": must be one of " + String.join(", ", methods));
        }
    }

    private void domains(JsonNode stated) {
        if (!(stated instanceof ObjectNode) || stated.size() > MOST_DOMAINS) {
            problems.add(DOMAINS + ": must be an object of at most " + MOST_DOMAINS + " domains");
            return;
        }
        for (var domain : stated.properties()) {
            String pointer = DOMAINS + "/" + domain.getKey();
            for (Iterator<String> names = domain.getValue().fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (!name.equals("terms") && !name.equals("prefer")) {
                    problems.add(pointer + "/" + name + ": there is no such field; known are prefer, terms");
                }
            }
            terms(pointer + "/terms", domain.getValue().path("terms"));
            prefer(pointer + "/prefer", domain.getValue().path("prefer"));
        }
    }

    private void terms(String pointer, JsonNode terms) {
        boolean fits = terms.isArray() && !terms.isEmpty() && terms.size() <= MOST_TERMS;
        for (JsonNode term : terms) {
            fits &= term.isTextual()
                    && !term.textValue().isBlank()
                    && term.textValue().length() <= LONGEST_TERM;
        }
        if (!fits) {
            problems.add(pointer + ": must be a list of 1 to " + MOST_TERMS + " words or short phrases");
        }
    }

    private void prefer(String pointer, JsonNode prefer) {
        boolean fits = prefer.isMissingNode() || prefer.isObject();
        for (JsonNode value : prefer) {
            fits &= value.isTextual();
        }
        if (!fits) {
            problems.add(pointer + ": must be an object of metadata keys with a text each");
        }
    }

    private static String names(ObjectNode object) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return String.join(", ", names);
    }
}
