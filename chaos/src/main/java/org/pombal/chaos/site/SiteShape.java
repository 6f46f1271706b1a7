package org.pombal.chaos.site;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.pombal.demo.server.DovecotInstallation;

/**
 * What a site is made of.
 *
 * @param product the folder that holds the built product
 * @param launcher its program
 * @param folder for everything, on tmpfs, below the installation's root
 * @param users how many exist
 * @param groups how many user groups there are
 * @param timing by how much all times of ownership are multiplied
 * @param fenced whether a backend's host must be fenced before its users are served elsewhere
 */
public record SiteShape(
        Path product,
        Path launcher,
        Path folder,
        DovecotInstallation dovecot,
        int proxies,
        int backends,
        int geoDbs,
        int users,
        int groups,
        int timing,
        boolean fenced) {

    public SiteShape {
        requireNonNull(product, "product is null");
        requireNonNull(launcher, "launcher is null");
        requireNonNull(folder, "folder is null");
        requireNonNull(dovecot, "dovecot is null");
    }

    /** Where all that a host has is. */
    Path folder(Host host) {
        return folder.resolve(host.name());
    }

    /** Name of a user, counted from 1. */
    public static String user(int number) {
        return "u" + number + "@example.org";
    }
}
