package org.pombal.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which values were given for which settings, found by present and former names.
 *
 * @param inFile by the setting's present name
 * @param inEnvironment by the setting's present name
 */
record GivenValues(Map<String, Given> inFile, Map<String, Given> inEnvironment) {

    private static final List<String> OUR_PREFIXES = List.of("CLUSTER_", "CASSANDRA_");

    /** @param spelling the name under which it was given */
    record Given(String spelling, RawValue value, Origin origin) {}

    static GivenValues collect(
            SettingsCatalog catalog,
            SettingsFile file,
            Map<String, String> environment,
            Set<String> needed,
            Findings findings) {
        return new GivenValues(
                collectFromFile(catalog, file, needed, findings),
                collectFromEnvironment(catalog, environment, needed, findings));
    }

    private static Map<String, Given> collectFromFile(
            SettingsCatalog catalog, SettingsFile file, Set<String> needed, Findings findings) {
        Map<String, Given> found = new HashMap<>();
        for (SettingsLine.Entry entry : file.entries()) {
            String at = entry.origin() + ": ";
            Optional<Setting<?>> setting = catalog.named(entry.name());
            Optional<RetiredSetting> retired = catalog.retired(entry.name());
            Optional<UnsupportedSetting> unsupported = catalog.unsupported(entry.name());
            if (setting.isPresent()) {
                keep(found, setting.get(), new Given(entry.name(), entry.value(), entry.origin()), findings);
            } else if (retired.isPresent()) {
                findings.problem(at + entry.name() + " is no longer a setting: "
                        + retired.get().hint());
            } else if (unsupported.isPresent()) {
                refuse(
                        unsupported.get(),
                        entry.value(),
                        at,
                        needed.contains(catalog.groupOf(unsupported.get())),
                        findings);
            } else {
                findings.problem(at + "unknown setting " + entry.name() + Spelling.hint(entry.name(), catalog.names()));
            }
        }
        return found;
    }

    private static Map<String, Given> collectFromEnvironment(
            SettingsCatalog catalog, Map<String, String> environment, Set<String> needed, Findings findings) {
        Map<String, Given> found = new HashMap<>();
        new TreeMap<>(environment).forEach((variable, text) -> {
            Origin.Variable origin = new Origin.Variable(variable);
            Optional<Setting<?>> setting = catalog.ofVariable(variable);
            Optional<RetiredSetting> retired = catalog.retiredVariable(variable);
            Optional<UnsupportedSetting> unsupported = catalog.unsupported(variable);
            if (text.isEmpty()) {
                return;
            }
            if (setting.isPresent()) {
                keep(found, setting.get(), new Given(variable, new RawValue.Literal(text), origin), findings);
            } else if (retired.isPresent()) {
                findings.warning(
                        origin + " is no longer a setting: " + retired.get().hint());
            } else if (unsupported.isPresent()) {
                boolean isNeeded = needed.contains(catalog.groupOf(unsupported.get()));
                refuse(unsupported.get(), new RawValue.Literal(text), "environment variable ", isNeeded, findings);
            } else if (!ServiceVariables.isOne(variable, text)) {
                String unknown = origin + " is not a setting of Pombal" + Spelling.hint(variable, catalog.variables());
                if (catalog.isMeantFor(needed, variable)) {
                    findings.problem(unknown);
                } else if (OUR_PREFIXES.stream().anyMatch(variable::startsWith)) {
                    findings.warning(unknown);
                }
            }
        });
        return found;
    }

    private static void refuse(
            UnsupportedSetting setting, RawValue value, String at, boolean isNeeded, Findings findings) {
        if (value.isReadable() && setting.asksForNothing().test(value.text())) {
            return;
        }
        if (isNeeded) {
            findings.problem(at + setting.objection());
        } else {
            findings.warning(at + setting.objection());
        }
    }

    private static void keep(Map<String, Given> found, Setting<?> setting, Given given, Findings findings) {
        String at = given.origin() + ": " + given.spelling();
        if (isFormer(setting, given)) {
            findings.warning(at + " is the former name of " + nameNow(setting, given));
        }
        Given earlier = found.putIfAbsent(setting.name(), given);
        if (earlier == null || isHarmlessRepetition(earlier, given)) {
            return;
        }
        String conflict = earlier.spelling().equals(given.spelling())
                ? " is set already at "
                : " sets the same as " + earlier.spelling() + ", to another value, at ";
        findings.problem(at + conflict + earlier.origin() + "; keep one of them");
    }

    /** The present and the former name with one value, as set-ups have it that must please several programs. */
    private static boolean isHarmlessRepetition(Given earlier, Given given) {
        return !earlier.spelling().equals(given.spelling()) && earlier.value().equals(given.value());
    }

    private static boolean isFormer(Setting<?> setting, Given given) {
        return setting.formerNames().stream()
                .flatMap(name -> Stream.of(name, Setting.environmentNameOf(name)))
                .anyMatch(given.spelling()::equals);
    }

    private static String nameNow(Setting<?> setting, Given given) {
        return given.origin() instanceof Origin.Variable ? setting.environmentName() : setting.name();
    }
}
