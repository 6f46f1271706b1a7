package org.pombal.settings;

import java.util.ArrayList;
import java.util.List;

/** What was found wrong or odd while settings were resolved. */
final class Findings {

    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    void problem(String sentence) {
        problems.add(sentence);
    }

    void problems(List<String> sentences) {
        problems.addAll(sentences);
    }

    void warning(String sentence) {
        warnings.add(sentence);
    }

    List<String> warnings() {
        return warnings;
    }

    void throwIfAnyProblem() throws SettingsException {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }
}
