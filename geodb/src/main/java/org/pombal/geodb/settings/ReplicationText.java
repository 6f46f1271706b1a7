package org.pombal.geodb.settings;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pombal.settings.PythonLiteral;
import org.pombal.settings.ValueType;

/**
 * Copies for each data centre as text: {@code dc1:3,dc2:3}. The looks of a Python list of "data centre,copies" and of a
 * Python dictionary are understood too, because that is how set-ups that come from elsewhere have it:
 * {@code ["dc1,3", "dc2,3"]}, {@code ("dc1,3",)}, {@code {"dc1": 3, "dc2": 3}}.
 */
final class ReplicationText {

    static final ValueType<Map<String, Integer>> TYPE = new ValueType<>(
            "data centres, each with its number of copies from 1 to 9: dc1:3,dc2:3",
            ReplicationText::parse,
            ReplicationText::print);

    private static final Pattern SEPARATORS = Pattern.compile("[,:\\s]+");
    private static final Pattern DATA_CENTRE = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern COPIES = Pattern.compile("[1-9]");

    private ReplicationText() {}

    private static Map<String, Integer> parse(String text) {
        List<String> parts = PythonLiteral.looksLikeOne(text)
                ? parts(PythonLiteral.parse(text)).toList()
                : parts(text).toList();
        if (parts.isEmpty() || parts.size() % 2 != 0) {
            throw new IllegalArgumentException("not pairs of a data centre and a number of copies");
        }
        Map<String, Integer> copies = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i += 2) {
            String dataCentre = parts.get(i);
            if (!DATA_CENTRE.matcher(dataCentre).matches()) {
                throw new IllegalArgumentException("'" + dataCentre + "' is not the name of a data centre");
            }
            if (!COPIES.matcher(parts.get(i + 1)).matches()) {
                throw new IllegalArgumentException(
                        "'" + parts.get(i + 1) + "' copies in " + dataCentre + " is not a number from 1 to 9");
            }
            if (copies.put(dataCentre, Integer.valueOf(parts.get(i + 1))) != null) {
                throw new IllegalArgumentException("data centre " + dataCentre + " is given twice");
            }
        }
        return copies;
    }

    private static Stream<String> parts(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                    .map(String::valueOf);
        }
        if (value instanceof List<?> list) {
            return list.stream().flatMap(ReplicationText::parts);
        }
        return SEPARATORS.splitAsStream(value.toString()).filter(part -> !part.isEmpty());
    }

    private static String print(Map<String, Integer> copies) {
        return copies.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(joining(","));
    }
}
