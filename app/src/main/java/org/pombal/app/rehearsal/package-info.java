/** Runs the program once for show, so that Java learns which classes a start needs and keeps them prepared. */
@NullMarked
package org.pombal.app.rehearsal;

import org.jspecify.annotations.NullMarked;
