package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * A user of a {@link StandaloneConfig}, in the form of Dovecot's passwd-file.
 *
 * @param password in clear; never one that protects something
 * @param extraFields as {@code destuser=bob}, separated by spaces; empty for none
 */
public record Account(String name, String password, String extraFields) {

    /** @throws IllegalArgumentException if a part has a character that ends a field of the file */
    public Account {
        requirePlain("name", name);
        requirePlain("password", password);
        requireNonNull(extraFields, "extraFields is null");
        if (extraFields.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("the extra fields of " + name + " have a line break");
        }
    }

    public Account(String name, String password) {
        this(name, password, "");
    }

    private static void requirePlain(String part, String value) {
        requireNonNull(value, part + " is null");
        if (value.isEmpty() || value.chars().anyMatch(c -> c == ':' || Character.isISOControl(c))) {
            throw new IllegalArgumentException(
                    "the " + part + " of an account is empty or has a colon or control character");
        }
    }

    /** The file: {@code user:password:uid:gid:gecos:home:shell:extra fields}. */
    public static String passwdFile(List<Account> accounts) {
        return accounts.stream().map(account -> account.line() + "\n").collect(joining());
    }

    private String line() {
        return name + ":{PLAIN}" + password + "::::::" + extraFields;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Account[" + name + "]";
    }
}
