package org.pombal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pombal.model.group.UserGroup;

/** What must come to be after healing: every user has been served, and nothing moves any more. */
record Recovery(Site site) {

    boolean isComplete() {
        return site.clients().stream().allMatch(Client::isServedSinceHealing)
                && site.groupIds().stream()
                        .allMatch(group -> isAtRest(site.checks().lastRow(group)));
    }

    private static boolean isAtRest(Optional<UserGroup> row) {
        return row.filter(known -> !known.isMoving() && known.leaving().isEmpty())
                .isPresent();
    }

    String whatIsLeft() {
        List<String> left = new ArrayList<>();
        site.clients().stream()
                .filter(client -> !client.isServedSinceHealing())
                .forEach(client -> left.add("user " + client.user() + " cannot log in"));
        site.groupIds().stream()
                .map(group -> site.checks().lastRow(group))
                .filter(row -> !isAtRest(row))
                .forEach(row ->
                        left.add("still moving: " + row.map(Description::of).orElse("a group without a row")));
        return String.join("; ", left);
    }
}
