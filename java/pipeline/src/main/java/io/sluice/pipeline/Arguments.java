package io.sluice.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The job's arguments: {@code --name value}, each once. */
final class Arguments {

    private final Map<String, String> values = new HashMap<>();

    /** @throws IllegalArgumentException with all that is wrong */
    Arguments(String[] arguments, Set<String> needed, Set<String> optional) {
        Set<String> wrong = new TreeSet<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].replaceFirst("^--", "");
            boolean isKnown = arguments[i].startsWith("--") && (needed.contains(name) || optional.contains(name));
            if (!isKnown || i + 1 == arguments.length || values.put(name, arguments[i + 1]) != null) {
                wrong.add(arguments[i] + " is unknown, has no value, or is there twice");
            }
        }
        for (String name : needed) {
            if (!values.containsKey(name)) {
                wrong.add("--" + name + " is missing");
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    String get(String name) {
        return values.get(name);
    }

    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
