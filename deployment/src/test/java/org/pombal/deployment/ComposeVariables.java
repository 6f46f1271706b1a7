package org.pombal.deployment;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The deployment variables of Palomar's Compose package beside ours: compose-variables.txt. */
final class ComposeVariables {

    /** @param theirs empty if it is not one of theirs */
    record Variable(String name, String theirs, String ours) {

        boolean deviates() {
            return !theirs.equals(ours);
        }
    }

    private static final Pattern LINE = Pattern.compile("(\\w+) *\\| *(\\S*) *(?:\\| *(\\S+))?");

    private ComposeVariables() {}

    static List<Variable> all() {
        return Checkout.text(Checkout.ROOT.resolve(
                        "deployment/src/test/resources/org/pombal/deployment/compose-variables.txt"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(ComposeVariables::parse)
                .collect(Collectors.toList());
    }

    private static Variable parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not a line of the fixture: " + line);
        }
        String ours = matcher.group(3) == null ? matcher.group(2) : matcher.group(3);
        return new Variable(matcher.group(1), matcher.group(2), ours.replace("[[version]]", Checkout.VERSION));
    }
}
