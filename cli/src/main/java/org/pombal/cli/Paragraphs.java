package org.pombal.cli;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the lines of a text apart into paragraphs, each on one line: where to break it depends on where it is shown. */
public final class Paragraphs {

    private static final Pattern BLANK_LINE = Pattern.compile("\n\\s*\n");
    private static final Pattern LINE_END = Pattern.compile("\\s*\n\\s*");

    private Paragraphs() {}

    public static List<String> of(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        return Arrays.stream(BLANK_LINE.split(text.strip()))
                .map(paragraph -> LINE_END.matcher(paragraph.strip()).replaceAll(" "))
                .toList();
    }
}
