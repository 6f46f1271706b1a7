package org.pombal.commands;

import java.util.List;
import java.util.regex.Pattern;

/** What values a parameter takes. */
public sealed interface ParameterType {

    boolean accepts(String value);

    /** What is allowed, for messages and the reference; goes on after "is" or "takes". */
    String allowed();

    /** As doveadm's HTTP API lists it: boolean, integer or string. */
    default String wireName() {
        return "string";
    }

    /** Given or not; no value on the command line, true or false over HTTP. */
    record Flag() implements ParameterType {
        @Override
        public boolean accepts(String value) {
            return value.equals("true") || value.equals("false");
        }

        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public String wireName() {
            return "boolean";
        }
    }

    /** yes or no; true and false are understood too. */
    record YesNo() implements ParameterType {
        @Override
        public boolean accepts(String value) {
            return List.of("yes", "no", "true", "false").contains(value);
        }

        @Override
        public String allowed() {
            return "yes or no";
        }
    }

    /** A whole number in a range, both ends included. */
    record WholeNumber(int min, int max) implements ParameterType {

        private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,9}");

        @Override
        public boolean accepts(String value) {
            return DIGITS.matcher(value).matches() && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max;
        }

        @Override
        public String allowed() {
            return "a whole number from " + min + " to " + max;
        }

        @Override
        public String wireName() {
            return "integer";
        }
    }

    /** One of some words. */
    record Choice(List<String> words) implements ParameterType {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public boolean accepts(String value) {
            return words.contains(value);
        }

        @Override
        public String allowed() {
            return "one of " + String.join(", ", words);
        }
    }

    /**
     * The name of a site, a tag or a group.
     *
     * @param orNothing whether it may be empty, which takes away what is set
     */
    record Name(boolean orNothing) implements ParameterType {

        private static final int MAX_LENGTH = 255;

        @Override
        public boolean accepts(String value) {
            return value.isEmpty() ? orNothing : !value.isBlank() && Texts.isReadable(value, MAX_LENGTH);
        }

        @Override
        public String allowed() {
            return "1 to " + MAX_LENGTH + " characters without control characters"
                    + (orNothing ? ", or empty for none" : "");
        }
    }

    /** What chooses a share of the users. */
    record ShareId() implements ParameterType {

        private static final int MAX_LENGTH = 100;

        @Override
        public boolean accepts(String value) {
            return !value.isBlank() && Texts.isReadable(value, MAX_LENGTH);
        }

        @Override
        public String allowed() {
            return "1 to " + MAX_LENGTH + " characters without control characters";
        }
    }

    /** A UUID in its usual form of 36 characters. */
    record Uuid() implements ParameterType {

        private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

        @Override
        public boolean accepts(String value) {
            return FORM.matcher(value).matches();
        }

        @Override
        public String allowed() {
            return "a UUID such as 8a4e4a5c-3f0b-4b0e-9d52-1c7f5a2b9e10";
        }
    }

    /** A host name (RFC 1123); no address, because certificates are checked against the name. */
    record Host() implements ParameterType {
        @Override
        public boolean accepts(String value) {
            return Texts.isHostName(value);
        }

        @Override
        public String allowed() {
            return "a host name, not an IP address";
        }
    }

    /**
     * A host name or an IP address.
     *
     * @param orNothing whether it may be empty, which takes away what is set
     */
    record HostOrAddress(boolean orNothing) implements ParameterType {
        @Override
        public boolean accepts(String value) {
            return value.isEmpty() ? orNothing : Texts.isHostName(value) || Texts.isAddress(value);
        }

        @Override
        public String allowed() {
            return "a host name or an IP address" + (orNothing ? ", or empty for none" : "");
        }
    }

    /** A {@link Mask}. */
    record MaskText() implements ParameterType {
        @Override
        public boolean accepts(String value) {
            return Mask.isMask(value);
        }

        @Override
        public String allowed() {
            return "a mask of 1 to " + Mask.MAX_LENGTH
                    + " characters without control characters (* is any characters, ? is one)";
        }
    }

    /** The name of a user. */
    record UserName() implements ParameterType {
        @Override
        public boolean accepts(String value) {
            return Texts.isUserName(value);
        }

        @Override
        public String allowed() {
            return "a name of 1 to " + Texts.MAX_USER_BYTES + " bytes of UTF-8 without control characters";
        }
    }

    /** The path of a unix socket on the node's machine. */
    record SocketPath() implements ParameterType {

        /** What the kernel allows (unix(7)). */
        private static final int MAX_LENGTH = 107;

        @Override
        public boolean accepts(String value) {
            return value.startsWith("/") && Texts.isReadable(value, MAX_LENGTH);
        }

        @Override
        public String allowed() {
            return "the path of a unix socket, beginning with /, of at most " + MAX_LENGTH + " characters";
        }
    }

    /**
     * One or more values, one after another on the command line, an array over HTTP.
     *
     * @param each what each of them may be; without control characters
     */
    record Several(ParameterType each) implements ParameterType {
        @Override
        public boolean accepts(String value) {
            return each.accepts(value);
        }

        @Override
        public String allowed() {
            return "one or more, each " + each.allowed();
        }
    }

    /**
     * Users, one a line, blank lines not counted. On the command line the name of a file, {@code -} for the standard
     * input; over HTTP the lines themselves, as doveadm has it.
     */
    record Users() implements ParameterType {
        @Override
        public boolean accepts(String value) {
            List<String> users = Texts.lines(value);
            return !users.isEmpty() && users.stream().allMatch(Texts::isUserName);
        }

        @Override
        public String allowed() {
            return "at least one user, one a line, each a name of 1 to " + Texts.MAX_USER_BYTES
                    + " bytes of UTF-8 without control characters";
        }
    }
}
