/** How proxies get on with the destinations of their sessions. */
@NullMarked
package org.pombal.model.statistics;

import org.jspecify.annotations.NullMarked;
