package org.pombal.settings;

import static java.util.Objects.requireNonNull;

import java.util.function.Predicate;

/**
 * A setting of the programs that Pombal takes the place of which Pombal does not have. Giving it refuses the start of the part that it
 * is for, because whoever gave it expects something of it; another part only warns.
 *
 * @param name as it stands in a settings file, and as the environment variable
 * @param asksForNothing tells the values that are passed over in silence, because doing nothing is what they ask for
 * @param because why it is not there and what to do, as the end of the sentence "NAME is not supported, because ..."
 */
public record UnsupportedSetting(String name, Predicate<String> asksForNothing, String because) {

    public UnsupportedSetting {
        requireNonNull(asksForNothing, "asksForNothing is null");
        if (name.isBlank() || because.isBlank()) {
            throw new IllegalArgumentException("an unsupported setting has a name and a reason");
        }
    }

    /** One that is refused with any value. */
    public static UnsupportedSetting refused(String name, String because) {
        return new UnsupportedSetting(name, value -> false, because);
    }

    /** A switch that may be given as long as it is off. */
    public static UnsupportedSetting unlessOff(String name, String because) {
        return new UnsupportedSetting(name, UnsupportedSetting::isOff, because);
    }

    private static boolean isOff(String value) {
        try {
            return !ValueTypes.yesNo().parse(value);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    String objection() {
        return name + " is not supported, because " + because;
    }
}
