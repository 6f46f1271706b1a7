package org.pombal.chaos;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What {@code script/chaos} is asked to do.
 *
 * @param minutes for which faults are planned
 * @param users how many there are, all always connected
 * @param mails how many are delivered in a second
 * @param timing by how much the site's times of ownership are multiplied; 0 to find out
 * @param fenced whether {@code cluster_takeover} is {@code fenced}
 * @param broken whether a Dovecot that asks nobody serves users, too, which must be found
 * @param plan whether to print the plan only
 * @param sites whether to cut the link between two sites instead of doing faults to one
 */
record ChaosOptions(
        double minutes,
        long seed,
        int users,
        double mails,
        int timing,
        String dovecot,
        boolean fenced,
        boolean broken,
        boolean plan,
        boolean sites) {

    private static final int MOST_USERS = 5000;

    ChaosOptions {
        requireNonNull(dovecot, "dovecot is null");
    }

    /** @throws IllegalArgumentException naming the option, the value and what is allowed */
    static ChaosOptions parse(List<String> arguments) {
        double minutes = 3;
        long seed = 1;
        int users = 150;
        double mails = 10;
        int timing = 0;
        String dovecot = "2.3";
        boolean fenced = false;
        boolean broken = false;
        boolean plan = false;
        boolean sites = false;
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i);
            switch (option) {
                case "--fenced" -> fenced = true;
                case "--broken" -> broken = true;
                case "--plan" -> plan = true;
                case "--sites" -> sites = true;
                case "--minutes" -> minutes = number(option, value(arguments, ++i), 0.1, 10_000);
                case "--seed" -> seed = (long) number(option, value(arguments, ++i), -1e15, 1e15);
                case "--users" -> users = (int) number(option, value(arguments, ++i), 1, MOST_USERS);
                case "--mails" -> mails = number(option, value(arguments, ++i), 0, 1000);
                case "--timers-times" -> timing = (int) number(option, value(arguments, ++i), 1, 10);
                case "--dovecot" -> {
                    dovecot = value(arguments, ++i);
                    if (!List.of("2.3", "2.4").contains(dovecot)) {
                        throw new IllegalArgumentException("--dovecot is 2.3 or 2.4, not " + dovecot);
                    }
                }
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
        return new ChaosOptions(minutes, seed, users, mails, timing, dovecot, fenced, broken, plan, sites);
    }

    private static String value(List<String> arguments, int at) {
        if (at >= arguments.size()) {
            throw new IllegalArgumentException(arguments.get(at - 1) + " needs a value");
        }
        return arguments.get(at);
    }

    private static double number(String option, String value, double least, double most) {
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                option + " is a number from " + (long) Math.ceil(least) + " to " + (long) most + ", not " + value);
    }
}
