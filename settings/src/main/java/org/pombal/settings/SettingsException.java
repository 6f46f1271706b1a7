package org.pombal.settings;

import java.util.List;

/** Settings with which nothing may start. Holds everything that is wrong with them, not only the first. */
public final class SettingsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** @param problems one sentence each, naming the place, the setting, the value unless secret, and what is allowed */
    public SettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
