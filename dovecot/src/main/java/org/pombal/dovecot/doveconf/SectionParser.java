package org.pombal.dovecot.doveconf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines that doveconf prints. What it does not know, as comments, it passes over. */
final class SectionParser {

    private static final Pattern SETTING = Pattern.compile("([^\\s={}]+) =(?: (.*))?");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private final Iterator<String> lines;

    private SectionParser(Iterator<String> lines) {
        this.lines = lines;
    }

    static Section parse(String text) {
        return new SectionParser(text.lines().map(String::strip).iterator()).section("");
    }

    /** Reads up to the brace that closes it; a section that is not closed ends with the text. */
    private Section section(String title) {
        Map<String, String> values = new HashMap<>();
        List<Section> sections = new ArrayList<>();
        while (lines.hasNext()) {
            String line = lines.next();
            Matcher setting = SETTING.matcher(line);
            if (line.equals("}")) {
                break;
            } else if (setting.matches()) {
                values.put(setting.group(1), unquoted(setting.group(2) == null ? "" : setting.group(2)));
            } else if (line.endsWith("{") && !line.startsWith("#")) {
                sections.add(section(line.substring(0, line.length() - 1).strip()));
            }
        }
        return new Section(title, values, sections);
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? ESCAPED.matcher(value.substring(1, value.length() - 1)).replaceAll("$1")
                : value;
    }
}
