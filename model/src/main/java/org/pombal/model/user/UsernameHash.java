package org.pombal.model.user;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Which part of a user's name chooses the group: the setting {@code cluster_username_hash}.
 *
 * <p>The whole name (the default) spreads users evenly; the domain keeps all users of a domain together, so that they
 * can share mailboxes on one backend. Both of Dovecot's spellings are understood: {@code %Lu}, {@code %Ld}, {@code %Ln}
 * of 2.3 and {@code %{user|lower}}, {@code %{user|domain|lower}}, {@code %{user|username|lower}} of 2.4. Names are
 * always compared in lower case.
 */
public final class UsernameHash {

    /** The setting's default. */
    public static final UsernameHash WHOLE_NAME = new UsernameHash("%Lu", Part.USER);

    private static final Map<String, Part> SPELLINGS = Map.of(
            "%Lu", Part.USER,
            "%{user|lower}", Part.USER,
            "%Ld", Part.DOMAIN,
            "%{user|domain|lower}", Part.DOMAIN,
            "%Ln", Part.LOCAL_PART,
            "%{user|username|lower}", Part.LOCAL_PART);

    private final String spelling;
    private final Part part;

    private UsernameHash(String spelling, Part part) {
        this.spelling = spelling;
        this.part = part;
    }

    /** @throws IllegalArgumentException naming the text and the spellings that are understood */
    public static UsernameHash parse(String text) {
        requireNonNull(text, "text is null");
        Part part = SPELLINGS.get(text.replace(" ", ""));
        if (part == null) {
            throw new IllegalArgumentException("'" + text
                    + "' is not understood; use %Lu (whole name), %Ld (domain) or %Ln (local part),"
                    + " or their 2.4 spellings %{user|lower}, %{user|domain|lower}, %{user|username|lower}");
        }
        return new UsernameHash(text, part);
    }

    /** The text that is hashed for this user. A user without a domain is hashed by the whole name. */
    public String textOf(UserKey user) {
        String name = user.value();
        int at = name.lastIndexOf('@');
        return switch (part) {
            case USER -> name;
            case DOMAIN -> at < 0 ? name : name.substring(at + 1);
            case LOCAL_PART -> at < 0 ? name : name.substring(0, at);
        };
    }

    @Override
    public String toString() {
        return spelling;
    }

    private enum Part {
        USER,
        DOMAIN,
        LOCAL_PART
    }
}
