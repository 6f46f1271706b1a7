/** Which share of the users of a site or backend is meant, and where they are to be; it knows neither sites nor backends. */
@NullMarked
package org.pombal.model.share;

import org.jspecify.annotations.NullMarked;
