package org.pombal.simulation.sites;

import org.pombal.model.user.UserKey;
import org.pombal.simulation.History;

/** A session of a user in a site. */
record UserSession(UserKey user, History.Place place, int number, long begunAt) implements History.Session {}
