package org.pombal.controller.oidc;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pombal.model.access.Role;

/** Tells from a token's claims, which are known to be genuine, who somebody is and what he may do. */
final class ClaimReader {

    /** No control characters, no line breaks of any kind, and nothing that turns the direction of what follows. */
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,255}");

    private static final Pattern SPACES = Pattern.compile("\\s+");

    /** Those whose text is a list by their standards: RFC 8693, section 4.2, and Microsoft's. */
    private static final Pattern LISTS = Pattern.compile("(.*\\.)?(scope|scp)");

    private final String nameClaim;
    private final String roleClaim;
    private final Map<String, Role> roles;

    /**
     * @param nameClaim of a name that people recognise
     * @param roleClaim whose values are looked up in {@code roles}; dots lead into objects
     */
    ClaimReader(String nameClaim, String roleClaim, Map<String, Role> roles) {
        this.nameClaim = requireNonNull(nameClaim, "nameClaim is null");
        this.roleClaim = requireNonNull(roleClaim, "roleClaim is null");
        this.roles = Map.copyOf(roles);
    }

    /** @throws RefusedException if they name nobody */
    Person person(Map<String, Object> claims) throws RefusedException {
        String subject = text(claims.get("sub")).orElseThrow(() -> new RefusedException("it has no usable 'sub'"));
        // Many an issuer lets people choose the name that is shown, so it never stands alone.
        String name = text(find(claims, nameClaim))
                .filter(shown -> !shown.equals(subject))
                .map(shown -> shown + " (" + subject + ")")
                .orElse(subject);
        return new Person(name, role(claims));
    }

    private Optional<Role> role(Map<String, Object> claims) {
        return values(find(claims, roleClaim), LISTS.matcher(roleClaim).matches())
                .flatMap(value -> Stream.ofNullable(roles.get(value)))
                .max(Comparator.naturalOrder());
    }

    /** @param isList whether a text is a list between spaces; otherwise "mail admins" is one role, and not that of admins */
    private static Stream<String> values(@Nullable Object claim, boolean isList) {
        if (claim instanceof String text) {
            return isList ? SPACES.splitAsStream(text) : Stream.of(text);
        }
        return claim instanceof Collection<?> several
                ? several.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.empty();
    }

    /** A claim of that very name goes before what the dots in it could lead to: names may be addresses. */
    private static @Nullable Object find(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        int dot = path.indexOf('.');
        if (whole != null || dot < 0) {
            return whole;
        }
        return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, path.substring(dot + 1))
                : null;
    }

    private static Optional<String> text(@Nullable Object claim) {
        return claim instanceof String text && PRINTABLE.matcher(text).matches() && !text.isBlank()
                ? Optional.of(text)
                : Optional.empty();
    }
}
