package org.pombal.controller.automation;

import org.pombal.controller.task.work.TaskPreventedException;

/** The site of this controller is not in GeoDB, or not any more. */
public final class SiteMissingException extends TaskPreventedException {

    private static final long serialVersionUID = 1L;

    SiteMissingException(String siteName) {
        super("site " + siteName + " is not in GeoDB");
    }
}
